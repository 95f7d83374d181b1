"""Teams and memberships for a page: found if the person may see them, else 404."""

import sqlalchemy as sa
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import visible_teams


def get_team(team_id: int) -> Team:
    """Load a team that the current user may see, or answer 404."""
    query = visible_teams(current_user).where(Team.id == team_id)
    team: Team = db.first_or_404(
        query.options(
            joinedload(Team.school),
            joinedload(Team.tutor),
            joinedload(Team.cohort).options(selectinload(Cohort.tutors)),
        )
    )
    return team


def get_membership(membership_id: int) -> Membership:
    """Load a membership of a team that the current user may see, or answer 404."""
    teams = visible_teams(current_user).with_only_columns(Team.id)
    query = sa.select(Membership).where(
        Membership.id == membership_id, Membership.team_id.in_(teams)
    )
    membership: Membership = db.first_or_404(query.options(joinedload(Membership.user)))
    return membership
