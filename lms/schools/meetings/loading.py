"""A meeting for a page, or 404."""

from flask import abort
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from lms.core.access import require
from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import can_run
from lms.course.modules.models import Module
from lms.schools.meetings.models import AttendanceList, Meeting, MeetingFile
from lms.schools.meetings.permissions import can_mark, visible_meetings
from lms.schools.teams.models import Team


def get_meeting(meeting_id: int) -> Meeting:
    """Load a meeting that the current user may see, or answer 404."""
    query = visible_meetings(current_user).where(Meeting.id == meeting_id)
    meeting: Meeting = db.first_or_404(
        query.options(
            joinedload(Meeting.cohort).options(selectinload(Cohort.tutors)),
            joinedload(Meeting.team).joinedload(Team.school),
            joinedload(Meeting.territory),
            joinedload(Meeting.module).joinedload(Module.current_revision),
            selectinload(Meeting.files),
        )
    )
    return meeting


def get_own_meeting(meeting_id: int) -> Meeting:
    """Load a meeting that the current user may change."""
    meeting = get_meeting(meeting_id)
    require(can_run(current_user, meeting.cohort))
    return meeting


def get_markable(meeting_id: int) -> Meeting:
    """Load a meeting of which the current user says who came."""
    meeting = get_meeting(meeting_id)
    require(can_mark(current_user, meeting))
    return meeting


def get_paper(meeting_id: int, file_id: int) -> MeetingFile:
    """Load a file of a meeting that the current user may see, or answer 404."""
    return _paper(get_meeting(meeting_id), file_id)


def get_own_paper(meeting_id: int, file_id: int) -> tuple[Meeting, MeetingFile]:
    """Load a file of a meeting that the current user may change."""
    meeting = get_own_meeting(meeting_id)
    return meeting, _paper(meeting, file_id)


def _paper(meeting: Meeting, file_id: int) -> MeetingFile:
    found = [file for file in meeting.files if file.id == file_id]
    return found[0] if found else abort(404)


def get_list(list_id: int) -> AttendanceList:
    """Load an uploaded list of a meeting that the current user may change."""
    uploaded: AttendanceList = db.get_or_404(AttendanceList, list_id)
    get_own_meeting(uploaded.meeting_id)
    return uploaded
