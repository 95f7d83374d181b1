"""Territories for a page: found among those that are called so now, or 404."""

from flask import abort
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.schools.territories.models import Coordination, Territory
from lms.schools.territories.tree import Tree


def get_territory(territory_id: int, tree: Tree) -> Territory:
    """Return a territory of the tree, or answer 404: another spelling has no page."""
    return tree.by_id.get(territory_id) or abort(404)


def coordinations_of(user_id: int) -> list[Coordination]:
    """Return the territories that a person looks after and did, the present first."""
    query = db.select(Coordination).filter_by(user_id=user_id)
    last = Coordination.until.is_not(None), Coordination.id.desc()
    territory = joinedload(Coordination.territory)
    return list(db.session.scalars(query.order_by(*last).options(territory)))
