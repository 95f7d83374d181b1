"""Members and meetings of councils for a page: found if they may be seen, else 404."""

from flask import abort
from flask_login import current_user

from lms.core.access import require
from lms.core.extensions import db
from lms.network.councils.models import CouncilFile, CouncilMeeting, CouncilMember
from lms.network.councils.permissions import visible_meetings, visible_members
from lms.network.partners.permissions import can_edit_partners


def get_own_member(member_id: int) -> CouncilMember:
    """Load a member of a council that the current user writes."""
    query = visible_members(current_user).where(CouncilMember.id == member_id)
    member: CouncilMember = db.first_or_404(query)
    require(can_edit_partners(current_user, member.school_id))
    return member


def get_own_meeting(meeting_id: int) -> CouncilMeeting:
    """Load a meeting of a council that the current user writes."""
    query = visible_meetings(current_user).where(CouncilMeeting.id == meeting_id)
    meeting: CouncilMeeting = db.first_or_404(query)
    require(can_edit_partners(current_user, meeting.school_id))
    return meeting


def get_own_paper(meeting_id: int, file_id: int) -> tuple[CouncilMeeting, CouncilFile]:
    """Load the minutes of a meeting; they are for the school's own people."""
    meeting = get_own_meeting(meeting_id)
    found = [file for file in meeting.files if file.id == file_id]
    return meeting, found[0] if found else abort(404)
