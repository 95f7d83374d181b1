"""What of webinars counts for the certificate: for one person, or in a statement.

Webinars of a module count in their cohort, whichever of them somebody came to. What a
person has once is not lost: lists take nothing away, a recording that was withdrawn
stays watched, and who was excused is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.schools.meetings.models import (
    RECORDED,
    Attendance,
    AttendanceExcuse,
    Meeting,
    MeetingFile,
    MeetingKind,
    Source,
)
from lms.schools.meetings.permissions import is_called
from lms.schools.teams.models import Team

ALL = 100
# Cohort, person, module.
Key = tuple[int, int | None, int]


class Taken(NamedTuple):
    """What a person has of the webinars of a module."""

    percent: int = 0
    has_watched: bool = False
    # Why a tutor asks for none; empty: nobody does.
    excuse: str = ""


class Webinar(NamedTuple):
    """A webinar of a module to which a team is called."""

    id: int
    starts_at: datetime
    ends_at: datetime
    has_recording: bool
    is_attended: bool


@dataclass(frozen=True)
class Webinars:
    """What a rule asks about webinars, ready to be looked up."""

    taken: dict[Key, Taken]
    # By team and module, in the order of time.
    called: dict[tuple[int, int], list[Webinar]]


NO_WEBINARS = Webinars({}, {})


def read_webinars(
    cohort_ids: Collection[int],
    *,
    user_id: int | None = None,
    team_ids: sa.Select[int],
) -> Webinars:
    """Read about all the people of some cohorts, or about one; three statements."""
    taken: dict[Key, Taken] = {}
    attended: Any = _attended(cohort_ids, user_id)
    for cohort_id, person, module_id, percent, watched in attended:
        known = taken.get((cohort_id, person, module_id), Taken())
        best = max(known.percent, percent)
        has_watched = known.has_watched or bool(watched)
        taken[cohort_id, person, module_id] = Taken(best, has_watched)
    for excuse in _excuses(cohort_ids, user_id):
        key = excuse.cohort_id, excuse.user_id, excuse.module_id
        taken[key] = taken.get(key, Taken())._replace(excuse=excuse.reason)
    called: dict[tuple[int, int], list[Webinar]] = {}
    rows: Any = _called(cohort_ids, team_ids)
    for team_id, module_id, meeting, has_file in rows:
        called.setdefault((team_id, module_id), []).append(
            Webinar(
                meeting.id,
                meeting.starts_at,
                meeting.ends_at,
                bool(meeting.recording_url or has_file),
                meeting.attended_at is not None,
            )
        )
    return Webinars(taken, called)


def has_taken(
    user_id: Any, cohort_id: Any, module_id: int, percent: int
) -> sa.ColumnElement[bool]:
    """Tell of a member whether they were at a webinar for long enough, or excused."""
    long_enough = sa.or_(
        Attendance.minutes.is_(None),
        Attendance.minutes * ALL >= Meeting.minutes * percent,
    )
    was_there = _at_webinar(user_id, cohort_id, module_id).where(
        Attendance.source != Source.RECORDING, long_enough
    )
    excused = sa.select(AttendanceExcuse.id).where(
        AttendanceExcuse.user_id == user_id,
        AttendanceExcuse.cohort_id == cohort_id,
        AttendanceExcuse.module_id == module_id,
    )
    return sa.or_(was_there.exists(), excused.exists())


def has_watched(user_id: Any, cohort_id: Any, module_id: int) -> sa.ColumnElement[bool]:
    """Tell of a member whether they have watched the recording of a webinar."""
    watched = _at_webinar(user_id, cohort_id, module_id)
    return watched.where(Attendance.watched_at.is_not(None)).exists()


def _at_webinar(user_id: Any, cohort_id: Any, module_id: int) -> sa.Select[int]:
    return (
        sa.select(Attendance.id)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Attendance.user_id == user_id, Meeting.cohort_id == cohort_id)
        .where(Meeting.module_id == module_id, *_counts())
    )


def _counts() -> tuple[sa.ColumnElement[bool], ...]:
    is_webinar = Meeting.kind == MeetingKind.WEBINAR
    return is_webinar, Meeting.cancelled_at.is_(None)


def _attended(cohort_ids: Collection[int], user_id: int | None) -> sa.Result[Any]:
    was_there = Attendance.source != Source.RECORDING
    share = sa.case(
        (~was_there, 0),
        (Attendance.minutes.is_(None), ALL),
        else_=Attendance.minutes * ALL // Meeting.minutes,
    )
    facts = Meeting.cohort_id, Attendance.user_id, Meeting.module_id
    watched = Attendance.watched_at.is_not(None)
    only = Attendance.user_id == user_id if user_id else sa.true()
    found = (
        sa.select(*facts, share, watched)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Meeting.cohort_id.in_(cohort_ids), Meeting.module_id.is_not(None))
        .where(*_counts(), only)
        .order_by(Attendance.id)
    )
    return db.session.execute(found)


def _excuses(
    cohort_ids: Collection[int], user_id: int | None
) -> sa.ScalarResult[AttendanceExcuse]:
    only = AttendanceExcuse.user_id == user_id if user_id else sa.true()
    here = AttendanceExcuse.cohort_id.in_(cohort_ids)
    found = sa.select(AttendanceExcuse).where(here, only)
    return db.session.scalars(found.order_by(AttendanceExcuse.id))


def _called(cohort_ids: Collection[int], team_ids: sa.Select[int]) -> sa.Result[Any]:
    is_recording = sa.or_(*(MeetingFile.media_type.startswith(k) for k in RECORDED))
    file = sa.select(MeetingFile.id).where(
        MeetingFile.meeting_id == Meeting.id, is_recording
    )
    is_for_team = sa.or_(Meeting.team_id.is_(None), Meeting.team_id == Team.id)
    found = (
        sa.select(Team.id, Meeting.module_id, Meeting, file.exists())
        .join(Meeting, sa.and_(Meeting.cohort_id == Team.cohort_id, is_for_team))
        .where(Meeting.cohort_id.in_(cohort_ids), Meeting.module_id.is_not(None))
        .where(Team.id.in_(team_ids), *_counts(), is_called([Team.school_id]))
        .order_by(Meeting.starts_at, Meeting.id, Team.id)
    )
    return db.session.execute(found)
