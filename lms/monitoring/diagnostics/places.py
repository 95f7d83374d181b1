"""The places whose figures are told side by side: a cohort, territories, schools."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.disclosure import Group, told_groups
from lms.core.extensions import db
from lms.schools.teams.models import School
from lms.schools.territories.history import territory_at
from lms.schools.territories.models import Territory


class Place(NamedTuple):
    """The whole cohort, a territory or a school in it."""

    territory_id: int | None = None
    school_id: int | None = None


WHOLE = Place()
# The places of a school, the largest first: its territories, then itself.
Path = tuple[Place, ...]


@dataclass(frozen=True)
class Atlas:
    """The schools of a cohort where they were on a day, and what places are called."""

    paths: Mapping[int, Path]
    names: Mapping[Place, str]
    places: list[Place] = field(default_factory=list)

    def told(self, school_ids: Iterable[int]) -> frozenset[Place]:
        """Return the places whose figures may be told, of people by their schools."""
        sizes = Counter({self.paths[id]: n for id, n in Counter(school_ids).items()})
        return told_groups(_group(WHOLE, sizes, depth=0))

    def is_in(self, school_id: int, place: Place) -> bool:
        """Tell whether a school is a place or lies within it."""
        return place == WHOLE or place in self.paths[school_id]


def _group(place: Place, sizes: Mapping[Path, int], *, depth: int) -> Group[Place]:
    """Put the schools of a place into the places within it, and those into theirs."""
    within: defaultdict[Place, dict[Path, int]] = defaultdict(dict)
    for path, size in sizes.items():
        if len(path) > depth:
            within[path[depth]][path] = size
    parts = (_group(part, some, depth=depth + 1) for part, some in within.items())
    return Group(place, sum(sizes.values()), tuple(sorted(parts, key=_order)))


def _order(group: Group[Place]) -> Any:
    return [id or 0 for id in group.key]


def atlas_of(school_ids: Collection[int], day: date) -> Atlas:
    """Return where some schools were on a day; two statements."""
    within = {
        one.id: one
        for one in db.session.scalars(sa.select(Territory).order_by(Territory.id))
    }
    where = sa.select(School, territory_at(day, School.id)).where(
        School.id.in_(school_ids)
    )
    names: dict[Place, str] = {WHOLE: "Весь поток"}
    paths: dict[int, Path] = {}
    schools: list[Place] = []
    for school, territory_id in db.session.execute(
        where.order_by(School.name, School.id)
    ):
        above = _above(within.get(territory_id or 0), within)
        names |= {Place(one.id): one.name for one in above}
        own = Place(school_id=school.id)
        names[own] = school.label
        schools.append(own)
        paths[school.id] = (*(Place(one.id) for one in above), own)
    territories = dict.fromkeys(p for path in paths.values() for p in path[:-1])
    ordered = sorted(
        territories, key=lambda place: (_depth(place, paths), names[place])
    )
    return Atlas(paths, names, [WHOLE, *ordered, *schools])


def _above(
    territory: Territory | None, within: Mapping[int, Territory]
) -> list[Territory]:
    """Return a territory and those around it, the largest first, each spelled once."""
    found: list[Territory] = []
    while territory is not None and territory not in found:
        found.insert(0, territory)
        territory = within.get(territory.parent_id or 0)
    return [one for one in found if one.merged_at is None]


def _depth(place: Place, paths: Mapping[int, Path]) -> int:
    return next(path.index(place) for path in paths.values() if place in path)
