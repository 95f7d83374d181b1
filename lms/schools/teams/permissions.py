"""Who sees which team, and who may change it."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.core.extensions import db
from lms.course.cohorts.permissions import can_run, in_run_cohort
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_coordinate
from lms.schools.teams.models import Membership, Team
from lms.schools.territories.permissions import is_coordinated


def active_membership(user: User) -> Membership | None:
    """Return the membership that pages show of a person."""
    return db.session.scalar(_own_membership(), {"user_id": user.id})


@cache
def _own_membership() -> sa.Select[Membership]:
    return own_membership(sa.bindparam("user_id"))


def own_membership(user_id: Any) -> sa.Select[Membership]:
    """Select the membership that pages show of a person, with all that it names."""
    shown: sa.Select[Membership] = _with_team(
        sa.select(Membership).where(Membership.id == shown_id(user_id))
    )
    return shown


def shown_id(user_id: Any, among: sa.Select[int] | None = None) -> sa.ScalarSelect[int]:
    """Find the membership that pages show: the one place that knows which it is.

    Of the teams in which a person is now, or of those `among` them that a viewer
    sees, it is the one that was chosen last.
    """
    # A table: while modules are being loaded, an alias of the class would be too early.
    mine = Membership.__table__.alias().c
    active = sa.select(mine.id).where(mine.user_id == user_id, mine.left_at.is_(None))
    if among is not None:
        active = active.where(mine.team_id.in_(among))
    latest = mine.chosen_at.desc(), mine.id.desc()
    return active.order_by(*latest).limit(1).scalar_subquery()


def has_several(user_id: Any) -> sa.ScalarSelect[bool]:
    """Tell whether a person is in more than one team now."""
    mine = Membership.__table__.alias().c
    several = sa.select(sa.func.count(mine.id) > 1)
    active = several.where(mine.user_id == user_id, mine.left_at.is_(None))
    return active.scalar_subquery()


def active_memberships(user: User) -> Sequence[Membership]:
    """Return all memberships a person has now, the one that pages show first."""
    rows = db.session.scalars(_own_memberships(), {"user_id": user.id})
    found: Sequence[Membership] = rows.all()
    return found


@cache
def _own_memberships() -> sa.Select[Membership]:
    mine = Membership.user_id == sa.bindparam("user_id"), Membership.left_at.is_(None)
    latest = Membership.chosen_at.desc(), Membership.id.desc()
    every: sa.Select[Membership] = _with_team(sa.select(Membership).where(*mine))
    return every.order_by(*latest)


def _with_team(query: Any) -> Any:
    """Read memberships with the team, school and cohort."""
    team = contains_eager(Membership.team)
    return (
        query.join(Membership.team)
        .join(Team.school)
        .join(Team.cohort)
        .options(team.options(contains_eager(Team.school), contains_eager(Team.cohort)))
    )


def is_meant_for(
    user: User,
    cohort_id: sa.SQLColumnExpression[int],
    team_id: sa.SQLColumnExpression[int | None],
) -> sa.ColumnElement[bool]:
    """Tell of what is for a cohort, or one team of it, whether it reaches a person."""
    teams = sa.select(Team).join(Membership, Membership.team_id == Team.id)
    mine = teams.where(_active(user))
    whole = cohort_id.in_(mine.with_only_columns(Team.cohort_id))
    return sa.or_(
        team_id.in_(mine.with_only_columns(Team.id)),
        sa.and_(team_id.is_(None), whole),
    )


def own_teams(user: User) -> sa.Select[int]:
    """Return the ids of the teams in which a person is now."""
    return sa.select(Membership.team_id).where(_active(user))


def visible_teams(user: User) -> sa.Select[Team]:
    """Members see their own team, others those that they follow."""
    return sa.select(Team).where(sa.or_(*ways_to_teams(user)))


def ways_to_teams(user: User) -> list[sa.ColumnElement[bool]]:
    """Return the same as reasons, of which one is enough; long lists ask each apart."""
    return [Team.memberships.any(_active(user)), *_ways_to_followed(user)]


def is_followed(user: User) -> sa.ColumnElement[bool]:
    """Tell of a team whether a person runs its cohort or coordinates its school."""
    return sa.or_(*_ways_to_followed(user))


def _ways_to_followed(user: User) -> list[sa.ColumnElement[bool]]:
    run = in_run_cohort(user, Team.cohort_id)
    return [run, is_coordinated(user, Team.school_id)]


def in_coordinated_team(
    user: User, team_id: sa.SQLColumnExpression[Any]
) -> sa.ColumnElement[bool]:
    """Tell of what has a team whether a person coordinates its school."""
    if not can_coordinate(user):
        return sa.false()
    teams = sa.select(Team.id).where(is_coordinated(user, Team.school_id))
    return team_id.in_(teams)


def can_invite(user: User, team: Team) -> bool:
    """Admins, the tutors of the cohort and the captain hold the link."""
    return looks_after(user, team) or is_captain(user, team)


def can_change_members(user: User, team: Team) -> bool:
    """Admins, the tutors of the cohort and the captain say who is in the team."""
    return looks_after(user, team) or is_captain(user, team)


def can_change_position(user: User, membership: Membership) -> bool:
    """People correct what they said of themselves; so do those who may remove them."""
    return user.id == membership.user_id or can_change_members(user, membership.team)


def looks_after(user: User, team: Team) -> bool:
    """Tell those who run the course; people's addresses are for their eyes only."""
    return can_run(user, team.cohort)


def is_captain(user: User, team: Team) -> bool:
    """Tell who leads a team now."""
    leads = sa.select(Membership.id).where(
        Membership.team_id == team.id, Membership.is_captain, _active(user)
    )
    return db.session.scalar(leads) is not None


def _active(user: User) -> sa.ColumnElement[bool]:
    return sa.and_(Membership.user_id == user.id, Membership.left_at.is_(None))
