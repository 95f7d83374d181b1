"""Who has the address of a team's calendar, and who replaces it."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import (
    can_change_members,
    looks_after,
    own_teams,
)


def can_take_address(user: User, team: Team) -> bool:
    """Members and those who run the cohort have the calendar of a team."""
    own = own_teams(user).where(Membership.team_id == team.id)
    is_own = bool(db.session.scalar(sa.select(own.exists())))
    return is_own or looks_after(user, team)


def can_replace_address(user: User, team: Team) -> bool:
    """Whoever may remove people from the team may also close its old address."""
    return can_change_members(user, team)
