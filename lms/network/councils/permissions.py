"""Who sees a council: whoever reads of the partners of its school.

Names, what was decided and the minutes are for the school's own people; coordinators
and admins read which sides there are, and when the council met.
"""

import sqlalchemy as sa

from lms.identity.accounts.models import User
from lms.network.councils.models import CouncilMeeting, CouncilMember
from lms.network.partners.permissions import visible_schools
from lms.schools.teams.models import School


def visible_members(user: User) -> sa.Select[CouncilMember]:
    """Return the members of councils of which a person reads."""
    schools = visible_schools(user).with_only_columns(School.id)
    return sa.select(CouncilMember).where(CouncilMember.school_id.in_(schools))


def visible_meetings(user: User) -> sa.Select[CouncilMeeting]:
    """Return the meetings of councils of which a person reads."""
    schools = visible_schools(user).with_only_columns(School.id)
    return sa.select(CouncilMeeting).where(CouncilMeeting.school_id.in_(schools))
