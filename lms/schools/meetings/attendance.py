"""Telling who was at a meeting, and who has watched its recording."""

import logging
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.meetings.aftermath import check_held
from lms.schools.meetings.lock import lock_meeting
from lms.schools.meetings.models import Attendance, Meeting, Source

logger = logging.getLogger(__name__)


def mark_present(
    meeting: Meeting,
    *,
    shown: Collection[int],
    was: Collection[int],
    present: Collection[int],
    actor: User,
) -> tuple[int, int]:
    """Take the ticks of a page for who came; return how many came in and went out.

    `shown` are the people of the page, `was` those who were ticked there: what a
    colleague has ticked meanwhile stays.
    """
    shown, was = frozenset(shown), frozenset(was)
    came, left = set(present) & shown - was, was & shown - set(present)
    lock_meeting(meeting)
    check_held(meeting)
    _write_ticks(meeting, came, left)
    if came or left or meeting.attended_at is None:
        meeting.attended_at = utcnow()
        facts = {"пришли": sorted(came), "сняты": sorted(left)}
        record(actor.id, "отмечена явка", meeting, after=facts)
    db.session.commit()
    logger.info("meeting %s: attendance by user %s", meeting.id, actor.id)
    return len(came), len(left)


def watch_recording(meeting: Meeting, user: User) -> None:
    """Keep that a person has watched the recording; it stays when that is withdrawn."""
    check_held(meeting)
    if not meeting.has_recording:
        raise RuleError("Записи этой встречи сейчас нет.")
    facts = {"meeting_id": meeting.id, "user_id": user.id}
    try:
        with db.session.begin_nested():
            new = Attendance(**facts, source=Source.RECORDING, watched_at=utcnow())
            db.session.add(new)
    except IntegrityError:
        seen = sa.update(Attendance).filter_by(**facts, watched_at=None)
        db.session.execute(seen.values(watched_at=utcnow()))
    db.session.commit()


def rows_of(meeting: Meeting, user_ids: Collection[int]) -> dict[int, Attendance]:
    """Return what is known of some people, by person."""
    rows = db.session.scalars(
        sa.select(Attendance)
        .where(Attendance.meeting_id == meeting.id)
        .where(Attendance.user_id.in_(user_ids))
        .order_by(Attendance.id)
    )
    return {row.user_id: row for row in rows}


def _write_ticks(
    meeting: Meeting, came: Collection[int], left: Collection[int]
) -> None:
    rows = rows_of(meeting, [*came, *left])
    for user_id in sorted(came):
        row = rows.get(user_id)
        if row is None:
            db.session.add(
                Attendance(meeting_id=meeting.id, user_id=user_id, source=Source.MARK)
            )
        elif not row.is_present:
            row.source, row.minutes = Source.MARK, None
    for user_id in sorted(rows.keys() & set(left)):
        _take_back(rows[user_id])


def _take_back(row: Attendance) -> None:
    """Undo a tick; that the person has watched the recording stays."""
    if row.watched_at:
        row.source, row.minutes, row.matched_by = Source.RECORDING, None, None
    else:
        db.session.delete(row)
