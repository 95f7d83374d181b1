"""Who sees which pairs, who writes their plans, who opens and closes them."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import (
    can_administer,
    can_coordinate,
    sees_everything,
)
from lms.network.pairs.models import Pair
from lms.schools.teams.models import School, Team
from lms.schools.teams.permissions import own_teams
from lms.schools.territories.permissions import is_coordinated


def visible_pairs(user: User) -> sa.Select[Pair]:
    """The people of both schools and whoever leads one of them see a pair."""
    return sa.select(Pair).where(sa.or_(_is_own(user), is_led(user)))


def is_led(user: User) -> sa.ColumnElement[bool]:
    """Tell of pairs whether a person coordinates one of the schools."""
    first = is_coordinated(user, Pair.first_id)
    second = is_coordinated(user, Pair.second_id)
    return sa.or_(first, second, sees_everything(user))


def leads_pairs(user: User) -> bool:
    """Tell whoever may bring schools together."""
    return can_coordinate(user) or can_administer(user)


def can_write(user: User, pair: Pair) -> bool:
    """Whoever is in a team of one of the schools writes the plan."""
    return _is_so(pair, _is_own(user))


def can_lead(user: User, pair: Pair) -> bool:
    """Whoever coordinates one of the schools closes the pair."""
    return _is_so(pair, is_led(user))


def schools_to_pair(user: User) -> sa.Select[School]:
    """Return the schools of which a person may make pairs, by territory and name."""
    led = sa.or_(is_coordinated(user, School.id), sees_everything(user))
    schools = sa.select(School).where(led)
    return schools.order_by(School.municipality, School.name, School.id)


def _is_own(user: User) -> sa.ColumnElement[bool]:
    own = sa.select(Team.school_id).where(Team.id.in_(own_teams(user)))
    return sa.or_(Pair.first_id.in_(own), Pair.second_id.in_(own))


def _is_so(pair: Pair, condition: sa.ColumnElement[bool]) -> bool:
    found = sa.select(Pair.id).where(Pair.id == pair.id, condition)
    return db.session.scalar(found) is not None
