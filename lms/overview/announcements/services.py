"""Everything that can happen to an announcement."""

import logging
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.core.jobs import enqueue
from lms.core.language import moment, today
from lms.core.names import short_name
from lms.course.cohorts.lock import lock_cohort
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.overview.announcements.models import Announcement
from lms.overview.announcements.signals import announcement_changed
from lms.schools.teams.models import Team
from lms.text.limits import render_answer

logger = logging.getLogger(__name__)

PAUSE = timedelta(hours=1)
PAST = "Этот день уже прошёл. Укажите, до какого дня объявление висит."
MOVED_ON = (
    "Пока вы правили, объявление исправил или снял кто-то ещё. Откройте его заново,"
    " посмотрите, что в нём теперь, и повторите, если нужно."
)


class SaidLatelyError(RuleError):
    """The same was said to the same people within the hour; one may still insist."""


class Words(NamedTuple):
    """What an announcement says, and for how long."""

    title: str
    text: str
    until: date


def announce(
    cohort: Cohort,
    team: Team | None,
    words: Words,
    *,
    author: User,
    by_mail: bool = False,
    insists: bool = False,
    form_key: str | None = None,
) -> Announcement:
    """Say something to a cohort, or to one team of it.

    The cohort is held, so of two who say the same at once the second one is asked.
    """
    html = _rendered(words)
    lock_cohort(cohort)
    if known := added_before(Announcement, form_key):
        return known
    _check(cohort, team, words)
    if not insists:
        _check_twins(cohort, team, words)
    announcement = Announcement(
        cohort_id=cohort.id,
        team_id=team.id if team else None,
        html=html,
        sent_by_mail=by_mail,
        author_id=author.id,
        form_key=form_key,
        **words._asdict(),
    )
    db.session.add(announcement)
    record(author.id, "объявление", announcement, after=_facts(words))
    _send(announcement)
    db.session.commit()
    logger.info("announcement %s: by user %s", announcement.id, author.id)
    return announcement


def correct(
    announcement: Announcement,
    words: Words,
    *,
    seen: int,
    actor: User,
    by_mail: bool = False,
) -> None:
    """Put other words in the place of these, unless a colleague did since `seen`.

    Other words are another edition: it is read, counted and mailed anew. Another day
    alone changes nothing for those who have read.
    """
    html = _rendered(words)
    before = Words(announcement.title, announcement.text, announcement.until)
    if words.until != before.until:
        _check_day(words)
    if words == before and not by_mail:
        return
    is_other = (words.title, words.text) != (before.title, before.text)
    changes: dict[str, Any] = {**words._asdict(), "html": html}
    if is_other:
        changes |= {"edition": seen + 1, "written_at": utcnow(), "sent_by_mail": False}
    if by_mail:
        changes["sent_by_mail"] = True
    _change(announcement, seen, **changes)
    facts = {"before": _facts(before), "after": _facts(words)}
    record(actor.id, "исправлено объявление", announcement, **facts)
    _send(announcement)
    db.session.commit()


def withdraw(announcement: Announcement, *, actor: User) -> None:
    """Take an announcement away from everywhere but the journal."""
    words = Words(announcement.title, announcement.text, announcement.until)
    _change(announcement, announcement.edition, withdrawn_at=utcnow())
    record(actor.id, "снято объявление", announcement, before=_facts(words))
    db.session.commit()
    logger.info("announcement %s: withdrawn by user %s", announcement.id, actor.id)


def _rendered(words: Words) -> str:
    db.session.commit()  # nobody waits while a text is rendered
    return render_answer(words.text)


def _check(cohort: Cohort, team: Team | None, words: Words) -> None:
    if cohort.is_closed:
        raise RuleError("Поток завершён, новых объявлений в нём не делают.")
    if team and team.cohort_id != cohort.id:
        raise RuleError("Эта команда из другого потока.")
    _check_day(words)


def _check_day(words: Words) -> None:
    if words.until < today():
        raise RuleError(PAST)


def _check_twins(cohort: Cohort, team: Team | None, words: Words) -> None:
    """Ask before the same is said to the same people twice within the hour."""
    twin = db.session.scalar(
        sa.select(Announcement)
        .where(
            Announcement.cohort_id == cohort.id,
            Announcement.team_id.is_not_distinct_from(team.id if team else None),
            Announcement.title == words.title,
            Announcement.text == words.text,
            Announcement.created_at > utcnow() - PAUSE,
            Announcement.withdrawn_at.is_(None),
        )
        .order_by(Announcement.id.desc())
        .limit(1)
    )
    if twin:
        raise SaidLatelyError(
            f"Это уже объявили: {moment(twin.created_at)},"
            f" {short_name(twin.author.full_name)}. Если нужно ещё раз, отметьте это"
            " внизу формы."
        )


def _change(announcement: Announcement, seen: int, **values: Any) -> None:
    """Two may press at once; the edition that was seen decides who was first."""
    changed = db.session.execute(
        sa.update(Announcement)
        .where(Announcement.id == announcement.id, Announcement.edition == seen)
        .where(Announcement.withdrawn_at.is_(None))
        .values(**values)
    )
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        db.session.rollback()
        raise RuleError(MOVED_ON)
    db.session.refresh(announcement)
    announcement_changed.send(announcement.id)


def _send(announcement: Announcement) -> None:
    """Have an edition sent that is to go out at once; the same one only once."""
    if announcement.sent_by_mail:
        facts = {"announcement": announcement.id, "edition": announcement.edition}
        key = f"announcement:{announcement.id}:{announcement.edition}"
        enqueue("announcement", facts, key=key)


def _facts(words: Words) -> dict[str, Any]:
    return {
        "объявление": words.title,
        "текст": words.text,
        "висит до": words.until.isoformat(),
    }
