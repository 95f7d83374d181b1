"""Who sees which meeting, who arranges one, who replaces a team's address."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.permissions import (
    in_coordinated_cohort,
    in_run_cohort,
    run_cohorts,
)
from lms.identity.accounts.models import User
from lms.overview.agenda.models import Meeting
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import (
    can_change_members,
    in_coordinated_team,
    is_meant_for,
    looks_after,
    own_teams,
)


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


def staffed_cohorts(user: User) -> sa.Select[Cohort]:
    """Return the cohorts under way that a person looks after, newest first."""
    current = run_cohorts(user).where(Cohort.state != CohortState.CLOSED)
    return current.order_by(Cohort.starts_on.desc(), Cohort.id)


def can_take_address(user: User, team: Team) -> bool:
    """Members and those who run the cohort have the calendar of a team."""
    own = own_teams(user).where(Membership.team_id == team.id)
    is_own = bool(db.session.scalar(sa.select(own.exists())))
    return is_own or looks_after(user, team)


def can_replace_address(user: User, team: Team) -> bool:
    """Whoever may remove people from the team may also close its old address."""
    return can_change_members(user, team)
