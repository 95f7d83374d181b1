"""Who edits a team's plan; whoever sees the team reads it."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import own_teams


def can_edit_plan(user: User, team: Team) -> bool:
    """Only members edit the plan of their team."""
    own = own_teams(user).where(Membership.team_id == team.id)
    return bool(db.session.scalar(sa.select(own.exists())))
