"""Which schools take part in a period, and in which territory each was at its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.periods import Period
from lms.course.cohorts.models import CalendarRow, Cohort, CohortState
from lms.monitoring.indicators.hiding import Place
from lms.monitoring.indicators.models import Measurement
from lms.schools.teams.models import School, Team
from lms.schools.territories.models import SchoolTerritory, Territory


@dataclass(frozen=True)
class Land:
    """All territories by number; what was merged is read as what it was merged into."""

    territories: dict[int, Territory]

    def present(self, territory_id: int) -> Territory:
        territory = self.territories[territory_id]
        while territory.merged_at and territory.parent_id:
            territory = self.territories[territory.parent_id]
        return territory

    def above(self, territory: Territory) -> Iterator[Territory]:
        """Name the territories within which one lies, the nearest first."""
        while territory.parent_id:
            territory = self.present(territory.parent_id)
            yield territory

    def top_of(self, territory: Territory) -> Territory:
        return [territory, *self.above(territory)][-1]

    def within(self, territory: Territory) -> set[int]:
        """Return the numbers of a territory and of all that lie within it."""
        return {
            number
            for number in self.territories
            if territory in (here := self.present(number), *self.above(here))
        }


@dataclass(frozen=True)
class Region:
    """A territory with nothing above it, and the schools in it that take part."""

    land: Land
    schools: list[School]
    # The number of a school, and of the territory it was in when the period ended.
    places: dict[int, int]

    @cached_property
    def above(self) -> dict[Place, Place | None]:
        """Return the place above each place: what numbers are added up by."""
        found: dict[Place, Place | None] = {}
        for school_id, territory_id in self.places.items():
            here = self.land.present(territory_id)
            way = [here, *self.land.above(here)]
            found["school", school_id] = ("territory", here.id)
            found["territory", way[-1].id] = None
            for lower, upper in pairwise(way):
                found["territory", lower.id] = ("territory", upper.id)
        return found

    @cached_property
    def _inside(self) -> dict[int, list[School]]:
        found: dict[int, list[School]] = {}
        for school in self.schools:
            here = self.territory_of(school)
            for territory in (here, *self.land.above(here)):
                found.setdefault(territory.id, []).append(school)
        return found

    def schools_in(self, territory: Territory) -> list[School]:
        """Return the schools of a territory and of all that lie within it."""
        return self._inside.get(territory.id, [])

    def territory_of(self, school: School) -> Territory:
        return self.land.present(self.places[school.id])


def land() -> Land:
    """Return all territories; one statement."""
    every = db.session.scalars(sa.select(Territory).order_by(Territory.name))
    return Land({territory.id: territory for territory in every})


def region_of(territory: Territory, period: Period, whole: Land) -> Region:
    """Return the schools of the whole region of a territory; one statement.

    A school that moved since counts where it was when the period ended. One that has
    sent numbers stays among them, whatever became of its cohort.
    """
    told = sa.select(Measurement.school_id).filter_by(starts_on=period.starts_on)
    within = whole.within(whole.top_of(territory))
    rows = db.session.execute(
        sa.select(School, SchoolTerritory.territory_id)
        .join(SchoolTerritory, SchoolTerritory.school_id == School.id)
        .where(SchoolTerritory.lasts_on(period.ends_on))
        .where(SchoolTerritory.territory_id.in_(within))
        .where(School.id.in_(schools_taking_part(period).union(told)))
        .order_by(School.municipality, School.name, School.id)
    ).all()
    places = {school.id: territory_id for school, territory_id in rows}
    return Region(whole, [school for school, _ in rows], places)


def schools_taking_part(period: Period) -> sa.Select[int]:
    """Return the schools with a team in a cohort that was under way in a period."""
    return sa.select(Team.school_id).join(Team.cohort).where(was_under_way(period))


def was_under_way(period: Period) -> sa.ColumnElement[bool]:
    """Tell of a cohort whether it had begun by the end of a period, and not ended."""
    last_day = sa.func.coalesce(CalendarRow.due_on, CalendarRow.opens_on)
    ended_on = (
        sa.select(sa.func.max(last_day))
        .where(CalendarRow.cohort_id == Cohort.id)
        .scalar_subquery()
    )
    return sa.and_(
        Cohort.state != CohortState.PLANNED,
        Cohort.starts_on <= period.ends_on,
        sa.or_(Cohort.state == CohortState.OPEN, ended_on >= period.starts_on),
    )
