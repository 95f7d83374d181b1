"""A meeting for a page, or 404."""

from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from lms.core.access import require
from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import can_run
from lms.schools.meetings.models import Meeting
from lms.schools.meetings.permissions import visible_meetings
from lms.schools.teams.models import Team


def get_meeting(meeting_id: int) -> Meeting:
    """Load a meeting that the current user may see, or answer 404."""
    query = visible_meetings(current_user).where(Meeting.id == meeting_id)
    meeting: Meeting = db.first_or_404(
        query.options(
            joinedload(Meeting.cohort).options(selectinload(Cohort.tutors)),
            joinedload(Meeting.team).joinedload(Team.school),
        )
    )
    return meeting


def get_own_meeting(meeting_id: int) -> Meeting:
    """Load a meeting that the current user may change."""
    meeting = get_meeting(meeting_id)
    require(can_run(current_user, meeting.cohort))
    return meeting
