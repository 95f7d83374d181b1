"""Who sees the partners of a school, and who writes them.

People of the school's teams read and write, whichever cohort they are or were in.
Coordinators of the school and admins read, but not whom to ask there.
"""

from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import sees_everything
from lms.network.partners.models import Partner
from lms.schools.teams.models import Membership, School, Team
from lms.schools.teams.permissions import own_teams
from lms.schools.territories.permissions import is_coordinated


def own_schools(user: User) -> sa.Select[int]:
    """Return the ids of the schools in whose teams a person is now."""
    return sa.select(Team.school_id).where(Team.id.in_(own_teams(user)))


def visible_schools(user: User) -> sa.Select[School]:
    """Return the schools of whose partners a person reads."""
    return sa.select(School).where(_is_seen(user, School.id))


def visible_partners(user: User) -> sa.Select[Partner]:
    """Return the partners of which a person reads."""
    return sa.select(Partner).where(_is_seen(user, Partner.school_id))


def can_read_partners(user: User, school_id: int) -> bool:
    """Tell whether a person reads of the partners of a school."""
    seen = visible_schools(user).where(School.id == school_id)
    return bool(db.session.scalar(sa.select(seen.exists())))


def can_edit_partners(user: User, school_id: int) -> bool:
    """Tell the school's own people: they alone write, and see whom to ask."""
    own = own_schools(user).where(Team.school_id == school_id)
    return bool(db.session.scalar(sa.select(own.exists())))


def people_of(school_id: Any) -> sa.Select[User]:
    """Return who is in a team of a school now; the school may be a column."""
    here = (
        sa.select(Membership.id)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.user_id == User.id, Membership.left_at.is_(None))
        .where(Team.school_id == school_id)
        .correlate_except(Membership, Team)
    )
    return sa.select(User).where(here.exists(), User.closed_at.is_(None))


def _is_seen(
    user: User, school_id: sa.SQLColumnExpression[int]
) -> sa.ColumnElement[bool]:
    return sa.or_(
        school_id.in_(own_schools(user)),
        is_coordinated(user, school_id),
        sees_everything(user),
    )
