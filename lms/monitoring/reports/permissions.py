"""Whose reports a person reads, and who writes and closes them."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import sees_everything
from lms.monitoring.indicators.permissions import HEADS
from lms.monitoring.reports.models import Report
from lms.monitoring.reports.scope import Scope
from lms.schools.teams.models import Membership, School, Team
from lms.schools.territories.models import Territory
from lms.schools.territories.permissions import (
    coordinated_schools,
    coordinated_territories,
)


def reported_territories(user: User) -> sa.Select[Territory]:
    """Coordinators report of the territories given to them, admins of all.

    Of another spelling of a territory there is what was closed under it.
    """
    given = Territory.id.in_(coordinated_territories(user))
    closed = sa.select(Report.territory_id).join(Report.editions)
    is_read = sa.or_(Territory.merged_at.is_(None), Territory.id.in_(closed))
    return sa.select(Territory).where(is_read, sa.or_(given, sees_everything(user)))


def own_schools(user: User) -> sa.Select[School]:
    """Return the schools of which a person reports: who sends their numbers does."""
    leads = sa.or_(Membership.is_captain, Membership.position.in_(HEADS))
    teams = sa.select(Team.school_id).join(Membership, Membership.team_id == Team.id)
    mine = teams.where(Membership.user_id == user.id, Membership.left_at.is_(None))
    return sa.select(School).where(School.id.in_(mine.where(leads)))


def visible_schools(user: User) -> sa.Select[School]:
    """Whoever reports of a school reads it, and so do those who look after it."""
    own = own_schools(user).with_only_columns(School.id)
    return sa.select(School).where(
        sa.or_(
            School.id.in_(own),
            School.id.in_(coordinated_schools(user)),
            sees_everything(user),
        )
    )


def can_write(user: User, scope: Scope) -> bool:
    """Tell who types the conclusions and closes the report."""
    if scope.school is None:
        return True  # whoever reads the report of a territory looks after it
    own = own_schools(user).where(School.id == scope.school.id)
    return db.session.scalar(own.with_only_columns(School.id)) is not None
