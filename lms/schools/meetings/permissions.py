"""Who sees which meeting; whoever runs its cohort arranges it."""

import sqlalchemy as sa

from lms.course.cohorts.permissions import in_coordinated_cohort, in_run_cohort
from lms.identity.accounts.models import User
from lms.schools.meetings.models import Meeting
from lms.schools.teams.permissions import in_coordinated_team, is_meant_for


def visible_meetings(user: User) -> sa.Select[Meeting]:
    """Admins see all, tutors those of their cohorts, members those they come to.

    A coordinator sees those to which the schools of her territories come.
    """
    ours = is_meant_for(user, Meeting.cohort_id, Meeting.team_id)
    whole = sa.and_(
        in_coordinated_cohort(user, Meeting.cohort_id), Meeting.team_id.is_(None)
    )
    return sa.select(Meeting).where(
        sa.or_(
            ours,
            in_run_cohort(user, Meeting.cohort_id),
            whole,
            in_coordinated_team(user, Meeting.team_id),
        )
    )
