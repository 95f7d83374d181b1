"""All territories at once, as a site shows and offers them: a few statements."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.extensions import db
from lms.core.language import day_of_asking
from lms.schools.teams.models import School
from lms.schools.territories.models import Coordination, SchoolTerritory, Territory

WITHIN = " ▸ "


@dataclass(frozen=True)
class Tree:
    """Territories by their ids, apart from other spellings of them."""

    by_id: dict[int, Territory]

    @cached_property
    def parts(self) -> dict[int | None, list[Territory]]:
        """What lies directly within each territory, and under None what is on top."""
        parts = defaultdict(list)
        for territory in self.by_id.values():
            parts[territory.parent_id].append(territory)
        return parts

    def path(self, territory: Territory) -> list[Territory]:
        """Return the way to a territory from the top, with itself."""
        way = [territory]
        while upper := self.by_id.get(way[0].parent_id or 0):
            way.insert(0, upper)
        return way

    def label(self, territory: Territory) -> str:
        return WITHIN.join(one.name for one in self.path(territory))

    def within(self, territory: Territory) -> set[int]:
        """Return the ids of a territory and of all that lie within it."""
        ids = {territory.id}
        for part in self.parts[territory.id]:
            ids |= self.within(part)
        return ids

    def sums(self, own: Mapping[int, int]) -> dict[int, int]:
        """Add to the number of each territory those of all that lies within it."""
        return {
            number: sum(own.get(one, 0) for one in self.within(territory))
            for number, territory in self.by_id.items()
        }

    @property
    def choices(self) -> list[tuple[int, str]]:
        """All of them, as a list to choose from has them."""
        labels = [(one.id, self.label(one)) for one in self.by_id.values()]
        return sorted(labels, key=lambda choice: choice[1])


def read_tree() -> Tree:
    """Read all territories; one statement."""
    present = sa.select(Territory).where(Territory.merged_at.is_(None))
    ordered = present.order_by(Territory.name, Territory.id)
    return Tree({one.id: one for one in db.session.scalars(ordered)})


def count_schools(tree: Tree) -> dict[int, int]:
    """Count the schools in each territory and within it today; one statement."""
    rows = db.session.execute(
        sa.select(SchoolTerritory.territory_id, sa.func.count())
        .where(SchoolTerritory.lasts_on(day_of_asking()))
        .group_by(SchoolTerritory.territory_id)
    )
    return tree.sums({row[0]: row[1] for row in rows})


def coordinators_by_territory() -> dict[int, list[str]]:
    """Return who looks after each territory today, by name; one statement."""
    query = (
        sa.select(Coordination)
        .join(Coordination.user)
        .where(Coordination.lasts_on(day_of_asking()))
        .options(contains_eager(Coordination.user))
    )
    found = defaultdict(list)
    for one in db.session.scalars(query.order_by(Coordination.id)):
        found[one.territory_id].append(one.user.full_name)
    return found


def unplaced_schools() -> sa.Select[School]:
    """Return the schools that are in no territory today; only admins see them."""
    placed = sa.select(SchoolTerritory.school_id).where(
        SchoolTerritory.lasts_on(day_of_asking())
    )
    schools = sa.select(School).where(School.id.not_in(placed))
    return schools.order_by(School.municipality, School.name, School.id)


def count_unplaced() -> int:
    """Count these schools."""
    schools = unplaced_schools().order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(schools)) or 0


def schools_in(territory: Territory) -> sa.Select[School]:
    """Return the schools that are in a territory itself today, by name."""
    here = sa.select(SchoolTerritory.school_id).where(
        SchoolTerritory.territory_id == territory.id,
        SchoolTerritory.lasts_on(day_of_asking()),
    )
    return sa.select(School).where(School.id.in_(here)).order_by(School.name, School.id)


def stays_of(school: School) -> list[SchoolTerritory]:
    """Return where a school is and was, the present first."""
    stays = sa.select(SchoolTerritory).where(SchoolTerritory.school_id == school.id)
    last = SchoolTerritory.until.is_not(None), SchoolTerritory.until.desc()
    ordered = stays.order_by(*last, SchoolTerritory.id.desc())
    territory = joinedload(SchoolTerritory.territory)
    return list(db.session.scalars(ordered.options(territory)))
