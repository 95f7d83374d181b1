"""Who reads which lines of the exchange, who asks, who answers.

A line is read by people of schools of the same region and by whoever looks after one
of these schools; a school that is in no territory has no neighbours.
"""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import day_of_asking
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_coordinate, sees_everything
from lms.network.exchange.models import LineQuestion, ShownLine
from lms.network.partners.models import Partner
from lms.network.partners.permissions import own_schools
from lms.schools.teams.models import School
from lms.schools.territories.models import SchoolTerritory, Territory, under_same_top
from lms.schools.territories.permissions import coordinated_schools


def visible_lines(user: User) -> sa.Select[ShownLine]:
    """Return what neighbours show, one's own lines, and those one has asked about."""
    asked = sa.select(LineQuestion.line_id).where(LineQuestion.asker_id == user.id)
    ways = (
        sa.and_(ShownLine.is_read(), is_near(user)),
        Partner.school_id.in_(own_schools(user)),
        ShownLine.id.in_(asked),
    )
    return sa.select(ShownLine).join(ShownLine.partner).where(sa.or_(*ways))


def is_near(user: User) -> sa.ColumnElement[bool]:
    """Tell of a partner's school whether a person's schools are its neighbours."""
    near = Partner.school_id.in_(neighbours_of(_schools_of(user)))
    return sa.or_(near, sees_everything(user))


def neighbours_of(schools: sa.Select[int]) -> sa.Select[int]:
    """Return the schools that lie under the same top as some schools, and these."""
    places = sa.select(SchoolTerritory.territory_id).where(
        SchoolTerritory.school_id.in_(schools),
        SchoolTerritory.lasts_on(day_of_asking()),
    )
    return sa.select(SchoolTerritory.school_id).where(
        SchoolTerritory.territory_id.in_(under_same_top(places)),
        SchoolTerritory.lasts_on(day_of_asking()),
    )


def region_of(school: School) -> str:
    """Name the top under which a school lies; nothing if it lies in no territory."""
    places = sa.select(SchoolTerritory.territory_id).where(
        SchoolTerritory.school_id == school.id,
        SchoolTerritory.lasts_on(day_of_asking()),
    )
    top = sa.select(Territory.name).where(
        Territory.id.in_(under_same_top(places)), Territory.parent_id.is_(None)
    )
    return db.session.scalar(top) or ""


def can_ask(user: User, line: ShownLine) -> bool:
    """Tell people of a neighbour school; the own school and coordinators read only."""
    query = visible_lines(user).where(ShownLine.id == line.id, ShownLine.is_read())
    own = own_schools(user)
    neighbours = Partner.school_id.in_(neighbours_of(own))
    is_asked = query.where(neighbours, Partner.school_id.not_in(own))
    return bool(db.session.scalar(sa.select(is_asked.exists())))


def _schools_of(user: User) -> sa.Select[int]:
    """Return the schools that a person belongs to or looks after."""
    ways = [School.id.in_(own_schools(user))]
    if can_coordinate(user):
        ways.append(School.id.in_(coordinated_schools(user)))
    return sa.select(School.id).where(sa.or_(*ways))
