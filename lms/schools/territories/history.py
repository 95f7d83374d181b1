"""Where a school was on a day: figures of a period ask it of the period's last day."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from lms.schools.territories.models import SchoolTerritory, Territory, with_parts


def territory_at(
    day: date, school_id: sa.SQLColumnExpression[int]
) -> sa.ScalarSelect[int | None]:
    """Find the territory in which a school was on a day, for a column of schools."""
    stay = SchoolTerritory.__table__.alias().c
    has_begun = sa.or_(stay.since.is_(None), stay.since <= day)
    lasts = sa.and_(has_begun, sa.or_(stay.until.is_(None), stay.until > day))
    found = sa.select(stay.territory_id).where(stay.school_id == school_id, lasts)
    return found.limit(1).scalar_subquery()


def schools_at(day: date, territory_ids: Collection[int]) -> sa.Select[int]:
    """Return the ids of the schools that were within some territories on a day."""
    chosen = sa.select(Territory.id).where(Territory.id.in_(territory_ids))
    return sa.select(SchoolTerritory.school_id).where(
        SchoolTerritory.territory_id.in_(with_parts(chosen)),
        SchoolTerritory.lasts_on(day),
    )
