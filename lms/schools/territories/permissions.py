"""Who looks after which schools: the one place that knows it for all features."""

import sqlalchemy as sa

from lms.core.language import day_of_asking
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import COORDINATORS, among, can_coordinate
from lms.schools.territories.models import (
    Coordination,
    SchoolTerritory,
    surroundings_of_each,
    with_parts,
    with_surroundings,
)


def given_territories(user: User) -> sa.Select[int]:
    """Return the ids of the territories that a person looks after today."""
    return sa.select(Coordination.territory_id).where(
        Coordination.user_id == user.id,
        Coordination.lasts_on(day_of_asking()),
        sa.true() if can_coordinate(user) else sa.false(),
    )


def coordinated_territories(user: User) -> sa.Select[int]:
    """Return the ids of the territories given to a person, and of those within them."""
    return with_parts(given_territories(user))


def coordinated_schools(user: User) -> sa.Select[int]:
    """Return the ids of the schools that are in these territories today."""
    return sa.select(SchoolTerritory.school_id).where(
        SchoolTerritory.territory_id.in_(coordinated_territories(user)),
        SchoolTerritory.lasts_on(day_of_asking()),
    )


def coordinators_of(school_id: int) -> sa.Select[User]:
    """Return who looks after a school today, nearby or from further above."""
    here = sa.select(SchoolTerritory.territory_id).where(
        SchoolTerritory.school_id == school_id,
        SchoolTerritory.lasts_on(day_of_asking()),
    )
    given = sa.select(Coordination.user_id).where(
        Coordination.territory_id.in_(with_surroundings(here)),
        Coordination.lasts_on(day_of_asking()),
    )
    people = sa.select(User).where(User.id.in_(given), among(COORDINATORS))
    return people.where(User.closed_at.is_(None)).order_by(User.id)


def coordinators_around(school_id: sa.SQLColumnExpression[int]) -> sa.Select[User]:
    """Return the same for the school of each row of a statement."""
    around = surroundings_of_each()
    ways = sa.select(User).join(Coordination, Coordination.user_id == User.id)
    return (
        ways.join(around, around.c.outer == Coordination.territory_id)
        .join(SchoolTerritory, SchoolTerritory.territory_id == around.c.inner)
        .where(SchoolTerritory.school_id == school_id, among(COORDINATORS))
        .where(SchoolTerritory.lasts_on(day_of_asking()))
        .where(Coordination.lasts_on(day_of_asking()))
    )


def is_coordinated(
    user: User, school_id: sa.SQLColumnExpression[int]
) -> sa.ColumnElement[bool]:
    """Tell of what has a school whether a person coordinates that.

    For all but coordinators this is the bare `false()`, which `or_` leaves out.
    """
    if not can_coordinate(user):
        return sa.false()
    return school_id.in_(coordinated_schools(user))
