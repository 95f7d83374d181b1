"""What may happen to a card while its team writes it: begun, changed, shown to all."""

import logging
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.network.practices.agreeing import go_on
from lms.network.practices.filling import LONGEST_TITLE, filled
from lms.network.practices.letters import ask_authors
from lms.network.practices.locking import lock_card
from lms.network.practices.models import (
    Part,
    Place,
    Practice,
    PracticeConsent,
    PracticeQuote,
    PracticeState,
    SchoolKind,
    Size,
)
from lms.network.practices.outsiders import Mention, contacts_in, mentions_in
from lms.network.practices.quoting import authors_of_parts
from lms.schools.teams.models import Membership, School, Team
from lms.work.submissions.models import Attempt, Submission
from lms.work.submissions.services import assignment_of, attempts_of

logger = logging.getLogger(__name__)

# All of it is read in two minutes.
LIMITS = {
    Part.WHAT: 400,
    Part.HOW: 1200,
    Part.RESULT: 500,
    Part.FAILED: 400,
    Part.FOR_WHOM: 200,
    Part.RESOURCES: 300,
}
TWO_MINUTES = "карточку читают за две минуты"
THROUGH_SITE = "Вопросы придут через сайт."
NEEDED = (Part.WHAT, Part.HOW, Part.FAILED)
IS_PUBLIC = (
    "Карточка в банке. Чтобы изменить её, сначала отзовите: согласие дано этому тексту."
)


def offered_attempt(submission: Submission) -> Attempt | None:
    """Return what of a work may become a card: what was accepted last."""
    if not submission.is_accepted or submission.team is None:
        return None
    return next(iter(attempts_of(submission)), None)


def card_of(attempt: Attempt) -> Practice | None:
    """Return the card that was made of an attempt."""
    return db.session.scalar(sa.select(Practice).filter_by(attempt_id=attempt.id))


def begin_card(submission: Submission, *, captain: User) -> Practice:
    """Make a card of an accepted work, or return the one that was made of it.

    Two presses meet the unique constraint, and both get the same card.
    """
    attempt = offered_attempt(submission)
    if attempt is None or submission.team is None:
        raise RuleError("В банк предлагают зачтённую работу команды.")
    if known := card_of(attempt):
        return known
    practice = _new_card(attempt, submission.team)
    db.session.add(practice)
    try:
        db.session.flush()
    except sa.exc.IntegrityError:
        db.session.rollback()
        return db.session.scalars(
            sa.select(Practice).filter_by(attempt_id=attempt.id)
        ).one()
    person_acted.send(captain)
    db.session.commit()
    logger.info("practice %s: begun by user %s", practice.id, captain.id)
    return practice


def _new_card(attempt: Attempt, team: Team) -> Practice:
    """Fill a card with what the team has sent and its school has said of itself."""
    return Practice(
        team=team,
        module_id=attempt.submission.module_id,
        attempt=attempt,
        title=assignment_of(attempt.revision).title[:LONGEST_TITLE],
        **_names_of(team.school),
        **_kind_of(team.school),
        **filled(attempt.fields),
    )


def change_card(
    practice: Practice, values: Mapping[str, Any], *, captain: User
) -> None:
    """Write the card; a text that people were asked about becomes a new version."""
    lock_card(practice)
    if practice.is_public:
        db.session.rollback()
        raise RuleError(IS_PUBLIC)
    if practice.state is not PracticeState.DRAFT:
        practice.version += 1
        practice.state = PracticeState.DRAFT
    for name, value in values.items():
        setattr(practice, name, value)
    if practice.place and practice.size:
        _keep_kind(practice.team.school, practice.place, practice.size)
    person_acted.send(captain)
    db.session.commit()


def say_kind(school: School, place: Place, size: Size) -> None:
    """Remember what a school says of itself, to find schools like it."""
    _keep_kind(school, place, size)
    db.session.commit()


def _keep_kind(school: School, place: Place, size: Size) -> None:
    kind = db.session.get(SchoolKind, school.id, with_for_update=True)
    if kind is None:
        db.session.add(SchoolKind(school_id=school.id, place=place, size=size))
    else:
        kind.place, kind.size = place, size


def confirm_words(practice: Practice, keys: set[str], *, captain: User) -> None:
    """Remember which words that look like names may stand on the card."""
    lock_card(practice)
    asked = {mention.key for mention in unconfirmed(practice)}
    practice.confirmed = [*practice.confirmed, *sorted(asked & keys)]
    person_acted.send(captain)
    db.session.commit()


def unconfirmed(practice: Practice) -> list[Mention]:
    """Return the words that look like names and that nobody has looked at."""
    people = db.session.scalars(
        sa.select(User.full_name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.team_id == practice.team_id)
        .order_by(User.id)
    )
    known = set(practice.confirmed)
    return [
        one for one in mentions_in(_texts(practice), people) if one.key not in known
    ]


def ask_team(practice: Practice, *, captain: User) -> None:
    """Ask everybody quoted about this very text; asking, the captain agrees to it."""
    lock_card(practice)
    if practice.state is not PracticeState.DRAFT:
        db.session.rollback()
        raise RuleError("Согласия по этой карточке уже спросили.")
    if complaint := complaint_about(practice):
        db.session.rollback()
        raise RuleError(complaint)
    for name, value in _names_of(practice.team.school).items():
        setattr(practice, name, value)
    practice.state, practice.note = PracticeState.CONSENT, ""
    practice.asked_by_id, practice.asked_at = captain.id, utcnow()
    _quote_authors(practice, captain)
    record(captain.id, "карточка показана авторам", practice)
    ask_authors(practice)
    go_on(practice)
    db.session.commit()


def _quote_authors(practice: Practice, captain: User) -> None:
    """Write down whom this version quotes, and that the captain agrees to it."""
    here = {"practice_id": practice.id, "version": practice.version}
    for part, people in authors_of_parts(practice).items():
        for author_id in sorted(people - {captain.id}):
            db.session.add(PracticeQuote(**here, part=part, user_id=author_id))
    db.session.add(PracticeConsent(**here, user_id=captain.id, agrees=True))


def complaint_about(practice: Practice) -> str:
    """Say what keeps a card from being shown to its authors; nothing is empty."""
    if empty := [part.value for part in NEEDED if not practice.text_of(part)]:
        return f"Заполните: «{'», «'.join(empty)}»."
    if not (practice.place and practice.size and practice.time):
        return (
            "Скажите, какая у вас школа и чего стоило дело: по этому карточку найдут."
        )
    for part, most in LIMITS.items():
        if len(practice.text_of(part)) > most:
            return f"«{part.value}» длиннее {most} знаков. Сократите: {TWO_MINUTES}."
    if contacts := contacts_in(_texts(practice)):
        return f"Уберите адреса и телефоны: {', '.join(contacts)}. {THROUGH_SITE}"
    if words := [one.word for one in unconfirmed(practice)]:
        return f"Посмотрите слова, похожие на имена: {', '.join(words)}."
    return ""


def _texts(practice: Practice) -> list[str]:
    return [practice.title, *(practice.text_of(part) for part in Part)]


def _names_of(school: School) -> dict[str, str]:
    return {"school_name": school.name, "municipality": school.municipality}


def _kind_of(school: School) -> dict[str, Any]:
    kind = db.session.get(SchoolKind, school.id)
    return {"place": kind.place, "size": kind.size} if kind else {}
