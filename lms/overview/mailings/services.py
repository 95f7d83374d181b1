"""Writing to a group: once, and journaled."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.core.jobs import enqueue
from lms.core.language import moment, plural
from lms.core.names import short_name
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.identity.letters.models import Letter, SwitchedOff
from lms.overview.mailings.addressees import Addressee, Group, addressees_of
from lms.overview.mailings.models import Mailing, Outcome, Recipient
from lms.overview.mailings.wording import check_words
from lms.overview.progress.matrix import Matrix, matrix_of
from lms.schools.teams.models import Team

logger = logging.getLogger(__name__)

PAUSE = timedelta(hours=1)


class WrittenLatelyError(RuleError):
    """The group got a letter less than an hour ago; the author may still insist."""


@dataclass(frozen=True)
class Draft:
    """A letter as its author sent the form: the words, and to whom."""

    subject: str
    text: str
    people: Collection[int]
    form_key: str
    insists: bool = False


def write_to_group(
    cohort: Cohort, group: Group, draft: Draft, *, author: User
) -> Mailing:
    """Write to those of a group who were chosen and still need it.

    The cohort is held, so of two tutors who write at once the second one hears of
    the first; the key of the form makes one mailing of a double click.
    """
    check_words(f"{draft.subject} {draft.text}", group.purpose)
    db.session.refresh(cohort, with_for_update=True)
    if known := added_before(Mailing, draft.form_key):
        return known
    if not cohort.is_open:
        raise RuleError("Пишут только командам потока, который идёт.")
    people = reachable(matrix_of(cohort, viewer=author), group, viewer=author)
    chosen = [addressee for addressee in people if addressee.user.id in draft.people]
    if not chosen:
        raise RuleError("Писать уже некому: никому из отмеченных это больше не нужно.")
    if not draft.insists:
        _check_pause(cohort, group, chosen)
    return send_to(chosen, cohort, group, draft, author=author)


def send_to(
    chosen: list[Addressee], cohort: Cohort, group: Group, draft: Draft, *, author: User
) -> Mailing:
    """Store a letter with its copies and have it sent, in one commit."""
    mailing = _store(cohort, group, draft, chosen, author)
    enqueue("mailing", {"mailing": mailing.id}, key=f"mailing:{mailing.id}")
    db.session.commit()
    logger.info("mailing %s: %s people, by %s", mailing.id, len(chosen), author.id)
    return mailing


def reachable(
    matrix: Matrix, group: Group, *, viewer: User, team_id: int | None = None
) -> list[Addressee]:
    """Return who of a group can get a letter from a tutor."""
    found = addressees_of(matrix, group, viewer=viewer, team_id=team_id)
    unreachable_ids = unreachable(found)
    return [
        addressee for addressee in found if addressee.user.id not in unreachable_ids
    ]


def unreachable(addressees: Collection[Addressee]) -> dict[int, Outcome]:
    """Tell of people why no letter of a tutor reaches them; one statement."""
    ids = [addressee.user.id for addressee in addressees]
    off = db.session.scalars(
        sa.select(SwitchedOff.user_id).where(
            SwitchedOff.user_id.in_(ids), SwitchedOff.letter == Letter.FROM_TUTOR
        )
    )
    found = dict.fromkeys(off, Outcome.UNWANTED)
    closed = (a.user.id for a in addressees if a.user.closed_at)
    return found | dict.fromkeys(closed, Outcome.CLOSED)


def mailings_of(cohort: Cohort) -> sa.Select[Mailing]:
    """Return what was written to a cohort, newest first."""
    return (
        sa.select(Mailing)
        .where(Mailing.cohort_id == cohort.id)
        .order_by(Mailing.id.desc())
        .options(joinedload(Mailing.author))
    )


def recipients_of(mailing: Mailing) -> list[Recipient]:
    """Return who was written to, by team and name."""
    return list(
        db.session.scalars(
            sa.select(Recipient)
            .where(Recipient.mailing_id == mailing.id)
            .join(Recipient.team)
            .join(Recipient.user)
            .order_by(Team.name, Team.id, User.full_name, User.id)
            .options(
                joinedload(Recipient.user),
                joinedload(Recipient.team).joinedload(Team.school),
            )
        )
    )


def count_outcomes(mailings: Collection[Mailing]) -> dict[int, dict[Outcome, int]]:
    """Tell of some mailings how many copies are where; one statement."""
    counts: dict[int, dict[Outcome, int]] = {mailing.id: {} for mailing in mailings}
    rows = db.session.execute(
        sa.select(Recipient.mailing_id, Recipient.outcome, sa.func.count())
        .where(Recipient.mailing_id.in_(counts))
        .group_by(Recipient.mailing_id, Recipient.outcome)
    )
    for mailing_id, outcome, count in rows:
        counts[mailing_id][outcome] = count
    return counts


def _store(
    cohort: Cohort, group: Group, draft: Draft, chosen: list[Addressee], author: User
) -> Mailing:
    mailing = Mailing(
        cohort_id=cohort.id,
        purpose=group.purpose,
        module_id=group.module_id,
        title=group.title,
        subject=draft.subject,
        text=draft.text,
        author_id=author.id,
        form_key=draft.form_key,
        recipients=[Recipient(user_id=a.user.id, team_id=a.team.id) for a in chosen],
    )
    db.session.add(mailing)
    facts = {"поток": cohort.name, "тема": draft.subject, "писем": len(chosen)}
    record(author.id, "письмо командам", mailing, after=facts)
    return mailing


def _check_pause(cohort: Cohort, group: Group, chosen: list[Addressee]) -> None:
    """Refuse to write twice within the hour about the same thing to anybody."""
    ids = [addressee.user.id for addressee in chosen]
    last = db.session.scalar(
        mailings_of(cohort)
        .where(Mailing.purpose == group.purpose, Mailing.created_at > utcnow() - PAUSE)
        .where(Mailing.module_id.is_not_distinct_from(group.module_id))
        .where(Mailing.recipients.any(Recipient.user_id.in_(ids)))
        .limit(1)
    )
    if last is None:
        return
    count = sum(count_outcomes([last])[last.id].values())
    letters = plural(count, "письмо", "письма", "писем")
    raise WrittenLatelyError(
        f"Этим людям уже написали: {moment(last.created_at)},"
        f" {short_name(last.author.full_name)}, {letters}. Если нужно ещё одно письмо,"
        " отметьте это внизу формы."
    )
