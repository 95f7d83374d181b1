"""Who sees which meeting, who arranges one, who replaces a team's address."""

import sqlalchemy as sa

from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.permissions import in_run_cohort, run_cohorts
from lms.identity.accounts.models import User
from lms.overview.agenda.models import Meeting
from lms.schools.teams.models import Team
from lms.schools.teams.permissions import can_change_members, is_meant_for


def visible_meetings(user: User) -> sa.Select[Meeting]:
    """Admins see all, tutors those of their cohorts, members those they come to."""
    ours = is_meant_for(user, Meeting.cohort_id, Meeting.team_id)
    return sa.select(Meeting).where(
        sa.or_(ours, in_run_cohort(user, Meeting.cohort_id))
    )


def staffed_cohorts(user: User) -> sa.Select[Cohort]:
    """Return the cohorts under way that a person looks after, newest first."""
    current = run_cohorts(user).where(Cohort.state != CohortState.CLOSED)
    return current.order_by(Cohort.starts_on.desc(), Cohort.id)


def can_replace_address(user: User, team: Team) -> bool:
    """Whoever may remove people from the team may also close its old address."""
    return can_change_members(user, team)
