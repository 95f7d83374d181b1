"""Who sees whose figures, who may send them, and who accepts them.

A coordinator sees the territories she was given, an admin all of them. People of a
school see the exact numbers of their own school, and no other.
"""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import (
    ADMINS,
    COORDINATORS,
    can_administer,
    sees_everything,
)
from lms.monitoring.indicators.models import Measurement
from lms.schools.teams.models import Membership, Position, School, Team
from lms.schools.teams.permissions import own_teams
from lms.schools.territories.models import Territory
from lms.schools.territories.permissions import coordinated_territories, is_coordinated

# Read the figures of territories, and accept those of schools.
FOLLOWERS = ADMINS | COORDINATORS
# Answer for a school; the captain of its team does too.
HEADS = {Position.HEAD, Position.DEPUTY}


def answers_for_school(membership: Membership | None) -> bool:
    """Tell whether a place in a team makes the numbers of its school one's own."""
    if membership is None:
        return False
    return membership.is_captain or membership.position in HEADS


def visible_territories(user: User) -> sa.Select[Territory]:
    """Admins see every territory, coordinators theirs and those within them."""
    mine = Territory.id.in_(coordinated_territories(user))
    seen = sa.or_(mine, sees_everything(user))
    return sa.select(Territory).where(seen, Territory.merged_at.is_(None))


def visible_schools(user: User) -> sa.Select[School]:
    """Coordinators see their schools, people of a team their own, exact numbers too."""
    own = sa.select(Team.school_id).where(Team.id.in_(own_teams(user)))
    return sa.select(School).where(
        sa.or_(School.id.in_(own), may_follow(user, School.id))
    )


def may_follow(
    user: User, school_id: sa.SQLColumnExpression[int]
) -> sa.ColumnElement[bool]:
    """Tell of what has a school whether a person looks after the figures of that."""
    return sa.or_(is_coordinated(user, school_id), sees_everything(user))


def may_accept(
    user: User, school_id: sa.SQLColumnExpression[int]
) -> sa.ColumnElement[bool]:
    """Tell of what has a school whether a person accepts the figures of that school.

    Nobody accepts what they answer for themselves: a coordinator who is the captain of
    a team there leaves it to another one, or to an admin.
    """
    return sa.and_(
        may_follow(user, school_id), school_id.not_in(_answered_schools(user))
    )


def may_decide(user: User) -> sa.ColumnElement[bool]:
    """Tell of a number whether a person decides about it: nobody about what they sent.

    A coordinator who types what a school told her leaves it to another one, or to an
    admin.
    """
    return sa.and_(
        may_accept(user, Measurement.school_id), Measurement.sent_by_id != user.id
    )


def can_follow(user: User, school: School) -> bool:
    """Whoever coordinates a school looks after its figures, and so do admins."""
    return _is_among(school, may_follow(user, School.id))


def can_accept(user: User, school: School) -> bool:
    """Whoever looks after a school accepts its figures, but not those of their own."""
    return _is_among(school, may_accept(user, School.id))


def can_measure(user: User, school: School) -> bool:
    """Captains and heads send the figures of their school; coordinators may as well."""
    answers_for = School.id.in_(_answered_schools(user))
    return _is_among(school, sa.or_(answers_for, may_follow(user, School.id)))


def _is_among(school: School, condition: sa.ColumnElement[bool]) -> bool:
    found = sa.select(School.id).where(School.id == school.id, condition)
    return db.session.scalar(found) is not None


def _answered_schools(user: User) -> sa.Select[int]:
    """Return the ids of the schools whose numbers are a person's own."""
    return _answering(Team.school_id).where(Membership.user_id == user.id)


def those_who_answer(school_id: sa.SQLColumnExpression[int]) -> sa.Select[int]:
    """Return the ids of the people whose own the numbers of a school are."""
    return _answering(Membership.user_id).where(Team.school_id == school_id)


def _answering(column: sa.SQLColumnExpression[int]) -> sa.Select[int]:
    places = sa.select(column).join_from(
        Membership, Team, Membership.team_id == Team.id
    )
    answers_for = sa.or_(Membership.is_captain, Membership.position.in_(HEADS))
    return places.where(Membership.left_at.is_(None), answers_for)


def can_choose_indicators(user: User) -> bool:
    """Admins say what is counted, for the whole site."""
    return can_administer(user)
