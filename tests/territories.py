"""Territories of the tests."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.schools.territories.models import Territory


def region_part(region, name):
    """Return the part of a region that has a name."""
    query = sa.select(Territory).filter_by(parent_id=region.id, name=name)
    return db.session.scalars(query).one()
