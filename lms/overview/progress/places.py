"""The territories of a coordinator in a matrix: one of them, or all."""

from collections import defaultdict
from dataclasses import dataclass, field

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.identity.accounts.models import User
from lms.overview.progress.matrix import Matrix
from lms.schools.territories.models import SchoolTerritory, Territory
from lms.schools.territories.permissions import coordinated_territories


@dataclass(frozen=True)
class Place:
    """A territory with schools of a matrix, in it or within its parts."""

    territory: Territory
    school_ids: set[int] = field(default_factory=set)

    @property
    def choice(self) -> tuple[int, str]:
        schools = len(self.school_ids)
        return self.territory.id, f"{self.territory.name} · {schools}"


def places_of(matrix: Matrix, viewer: User) -> list[Place]:
    """Return the territories of a coordinator with schools here; two statements."""
    own = Territory.id.in_(coordinated_territories(viewer))
    query = sa.select(Territory).where(own).order_by(Territory.name, Territory.id)
    places = {one.id: Place(one) for one in db.session.scalars(query)}
    for territory_id, school_ids in _schools(matrix).items():
        place = places.get(territory_id)
        while place and not school_ids <= place.school_ids:
            place.school_ids.update(school_ids)
            place = places.get(place.territory.parent_id or 0)
    return [
        one
        for one in places.values()
        if one.school_ids and one.territory.merged_at is None
    ]


def _schools(matrix: Matrix) -> dict[int, set[int]]:
    """Return the schools of a matrix by the territory in which each is today."""
    ids = {row.team.school_id for row in matrix.rows}
    rows = db.session.execute(
        sa.select(SchoolTerritory.territory_id, SchoolTerritory.school_id).where(
            SchoolTerritory.school_id.in_(ids), SchoolTerritory.lasts_on(today())
        )
    )
    found = defaultdict(set)
    for territory_id, school_id in rows:
        found[territory_id].add(school_id)
    return found
