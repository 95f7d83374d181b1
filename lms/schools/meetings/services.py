"""Arranging a meeting, moving it, calling it off."""

import logging
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.core.language import course_day
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.meetings.lock import lock_meeting
from lms.schools.meetings.models import Meeting, MeetingKind
from lms.schools.meetings.permissions import called_teams
from lms.schools.teams.models import Team
from lms.schools.territories.models import Territory
from lms.schools.territories.signals import territory_merged

logger = logging.getLogger(__name__)

PAST = "Это время уже прошло. Выберите другое."
PAST_OR_HELD = (
    "Это время уже прошло. Выберите другое или, если встреча состоялась, отметьте"
    " «Встреча уже прошла»."
)
NOT_HELD = "Эта встреча ещё не закончилась: снимите отметку «Встреча уже прошла»."
BEFORE_COHORT = "В этот день поток ещё не начался. Проверьте день встречи."
OVER = "Эта встреча уже прошла, её не меняют."
CLOSED = (
    "Поток завершён: записи о его встречах больше не правят. Если в записи ошибка,"
    " попросите администратора снова открыть поток."
)
ATTENDED = "Явка уже отмечена: день, начало и длительность больше не меняют."
COUNTED = "Явка уже отмечена: эта встреча состоялась, её не отменяют."
MOVED_ON = (
    "Пока вы правили, встречу изменил или отменил кто-то ещё. Откройте календарь,"
    " посмотрите, что в ней теперь, и повторите, если нужно."
)


class Arrangement(NamedTuple):
    """What a tutor says about a meeting."""

    title: str
    starts_at: datetime
    minutes: int
    place: str
    link: str
    kind: MeetingKind = MeetingKind.MEETING
    module_id: int | None = None


def create_meeting(
    cohort: Cohort,
    team: Team | None,
    arrangement: Arrangement,
    *,
    actor: User,
    territory: Territory | None = None,
    form_key: str | None = None,
    was_held: bool = False,
) -> Meeting:
    """Call a cohort together, its schools of a territory, or one team of it.

    One that was held already is written down afterwards, for its turnout and what was
    decided; nobody is told of it as of something to come.
    """
    if known := added_before(Meeting, form_key):
        return known
    _check_new(cohort, arrangement, was_held=was_held)
    meeting = Meeting(
        cohort_id=cohort.id,
        team_id=team.id if team else None,
        territory_id=territory.id if territory else None,
        created_by_id=actor.id,
        form_key=form_key,
        **arrangement._asdict(),
    )
    if territory and db.session.scalar(called_teams(meeting).limit(1)) is None:
        raise RuleError(f"В этом потоке нет школ территории «{territory.name}».")
    db.session.add(meeting)
    fact = "записана прошедшая встреча" if was_held else "назначена встреча"
    record(actor.id, fact, meeting, after=_facts(arrangement))
    db.session.commit()
    logger.info("meeting %s: created by user %s", meeting.id, actor.id)
    return meeting


def _check_new(cohort: Cohort, arrangement: Arrangement, *, was_held: bool) -> None:
    if cohort.is_closed:
        raise RuleError("Поток завершён, новые встречи в нём не назначают.")
    if not was_held and arrangement.starts_at <= utcnow():
        raise RuleError(PAST_OR_HELD)
    ends_at = arrangement.starts_at + timedelta(minutes=arrangement.minutes)
    if was_held and ends_at > utcnow():
        raise RuleError(NOT_HELD)
    if was_held and course_day(arrangement.starts_at) < cohort.starts_on:
        raise RuleError(BEFORE_COHORT)


def edit_meeting(
    meeting: Meeting, arrangement: Arrangement, *, seen: int, actor: User
) -> None:
    """Move or correct a meeting, unless a colleague has changed it since `seen`."""
    lock_meeting(meeting)
    before = _arrangement(meeting)
    if meeting.is_over and meeting.cohort.is_closed:
        raise RuleError(CLOSED)
    if meeting.is_correctable:
        _check_new(meeting.cohort, arrangement, was_held=True)
    elif meeting.is_over:
        raise RuleError(OVER)
    elif (
        arrangement.starts_at != before.starts_at and arrangement.starts_at <= utcnow()
    ):
        raise RuleError(PAST)
    if meeting.attended_at and _hours(arrangement) != _hours(before):
        raise RuleError(ATTENDED)
    if arrangement == before and meeting.sequence == seen:
        return
    _change(meeting, seen, **arrangement._asdict())
    facts = {"before": _facts(before), "after": _facts(arrangement)}
    record(actor.id, "изменена встреча", meeting, **facts)
    db.session.commit()


def cancel_meeting(meeting: Meeting, *, actor: User) -> None:
    """Call a meeting off; it stays in the calendar, so that nobody comes in vain."""
    lock_meeting(meeting)
    if meeting.is_over:
        raise RuleError(OVER)
    if meeting.attended_at:
        raise RuleError(COUNTED)
    before = _facts(_arrangement(meeting))
    _change(meeting, meeting.sequence, cancelled_at=utcnow())
    record(actor.id, "отменена встреча", meeting, before=before)
    db.session.commit()
    logger.info("meeting %s: cancelled by user %s", meeting.id, actor.id)


@territory_merged.connect
def move_meetings(gone: Territory, *, kept: Territory) -> None:
    """Call the schools of the territory that is kept: those of the other are there."""
    meetings = sa.update(Meeting).where(Meeting.territory_id == gone.id)
    db.session.execute(meetings.values(territory_id=kept.id))


def _change(meeting: Meeting, seen: int, **values: Any) -> None:
    """Two tutors may press at once; the number of changes decides who was first."""
    changed = db.session.execute(
        sa.update(Meeting)
        .where(Meeting.id == meeting.id, Meeting.sequence == seen)
        .where(Meeting.cancelled_at.is_(None))
        .values(**values, sequence=seen + 1, changed_at=utcnow())
    )
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        db.session.rollback()
        raise RuleError(MOVED_ON)


def _hours(arrangement: Arrangement) -> tuple[datetime, int]:
    return arrangement.starts_at, arrangement.minutes


def _arrangement(meeting: Meeting) -> Arrangement:
    return Arrangement(*(getattr(meeting, name) for name in Arrangement._fields))


def _facts(arrangement: Arrangement) -> dict[str, Any]:
    return {
        "название": arrangement.title,
        "начало": arrangement.starts_at.isoformat(),
        "минут": arrangement.minutes,
        "место": arrangement.place,
        "ссылка": arrangement.link,
        "вид": arrangement.kind.value,
        "занятие": arrangement.module_id,
    }
