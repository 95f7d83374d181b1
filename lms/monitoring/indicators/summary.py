"""The tables of a territory: an indicator a line, and a school a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.extensions import db
from lms.monitoring.indicators.counting import NONE, Figure, spell_value
from lms.monitoring.indicators.figures import Figures
from lms.monitoring.indicators.models import (
    Direction,
    Indicator,
    Measurement,
    Source,
    Target,
)
from lms.monitoring.indicators.regions import Region
from lms.schools.teams.models import School
from lms.schools.territories.models import Territory

BY_SITE = "посчитал сайт"


@dataclass(frozen=True)
class Line:
    """An indicator of a territory, and who has said what of it."""

    indicator: Indicator
    figure: Figure
    aim: Target | None
    # Of the schools that are asked, in the order of places.
    asked: list[School]
    measurements: list[Measurement]

    @property
    def missing(self) -> list[School]:
        told = {one.school_id for one in self.measurements}
        asked = [] if self.indicator.is_from_site else self.asked
        return [school for school in asked if school.id not in told]

    @property
    def sent(self) -> str:
        """«4 из 5»: how many schools have said it."""
        if self.indicator.is_from_site:
            return "сайт"
        return f"{len(self.measurements)} из {len(self.asked)}"

    @property
    def proof(self) -> str:
        """«принято 3, с документом 2»."""
        if self.indicator.is_from_site:
            return BY_SITE
        accepted = sum(one.is_accepted for one in self.measurements)
        proven = sum(one.has_evidence for one in self.measurements)
        return f"принято {accepted}, с документом {proven}"

    @property
    def baseline(self) -> str:
        return spell_baseline(self.indicator, self.aim)

    @property
    def target(self) -> str:
        return spell_target(self.indicator, self.aim)


@dataclass(frozen=True)
class SchoolLine:
    """What a school said of one indicator."""

    school: School
    territory: Territory
    figure: Figure
    aim: Target | None
    measurement: Measurement | None

    @property
    def state(self) -> str:
        return state_of(self.figure.indicator, self.measurement)

    @property
    def proof(self) -> str:
        one = self.measurement
        return "есть" if one and one.has_evidence else NONE

    @property
    def baseline(self) -> str:
        return spell_baseline(self.figure.indicator, self.aim)

    @property
    def target(self) -> str:
        return spell_target(self.figure.indicator, self.aim)


@dataclass(frozen=True)
class Standing:
    """How far a school is with the numbers that are asked of it."""

    school: School
    asked: int
    measurements: list[Measurement]

    @property
    def sent(self) -> int:
        return len(self.measurements)

    @property
    def waiting(self) -> int:
        return sum(one.is_waiting for one in self.measurements)

    @property
    def returned(self) -> int:
        return sum(one.is_returned for one in self.measurements)

    @property
    def accepted(self) -> int:
        return sum(one.is_accepted for one in self.measurements)

    @property
    def is_silent(self) -> bool:
        return self.sent < self.asked


def lines_of(
    figures: Figures, territory: Territory, indicators: Sequence[Indicator]
) -> list[Line]:
    """Return a line for each indicator of a territory."""
    schools = figures.region.schools_in(territory)
    aims = aims_of(indicators, figures.region, territory)
    return [
        Line(
            one,
            figures.of_territory(one, territory),
            aims.get((one.id, "territory", territory.id)),
            schools,
            _measured(figures, one, schools),
        )
        for one in indicators
    ]


def by_direction(lines: Iterable[Line]) -> list[tuple[Direction, list[Line]]]:
    """Put lines under the directions by which a project is judged."""
    groups: dict[Direction, list[Line]] = {one: [] for one in Direction}
    for line in lines:
        groups[line.indicator.direction].append(line)
    return [(one, found) for one, found in groups.items() if found]


def school_lines_of(
    figures: Figures, territory: Territory, indicator: Indicator
) -> list[SchoolLine]:
    """Return a line for each school of a territory."""
    aims = aims_of([indicator], figures.region, territory)
    return [
        SchoolLine(
            school,
            figures.region.territory_of(school),
            figures.of_school(indicator, school),
            aims.get((indicator.id, "school", school.id)),
            figures.measurement(indicator, school),
        )
        for school in figures.region.schools_in(territory)
    ]


def standings_of(
    figures: Figures, schools: Iterable[School], indicators: Sequence[Indicator]
) -> list[Standing]:
    """Return how far some schools are; those that still owe a number come first."""
    asked = [one for one in indicators if one.source is Source.SCHOOL]
    standings = [
        Standing(
            school,
            len(asked),
            [told for one in asked if (told := figures.measurement(one, school))],
        )
        for school in schools
    ]
    return sorted(standings, key=lambda one: not one.is_silent) if asked else []


def aims_of(
    indicators: Sequence[Indicator], region: Region, territory: Territory | None
) -> dict[tuple[int, str, int], Target]:
    """Return what is aimed at, by indicator and place; one statement.

    What was aimed at for another spelling of a territory counts where there is nothing
    newer.
    """
    within = region.land.within(territory) if territory else set()
    schools = [school.id for school in region.schools]
    rows = db.session.scalars(
        sa.select(Target)
        .where(Target.indicator_id.in_([one.id for one in indicators]))
        .where(sa.or_(Target.territory_id.in_(within), Target.school_id.in_(schools)))
        .order_by(Target.id)
    )
    found: dict[tuple[int, str, int], Target] = {}
    for one in rows:
        if one.school_id:
            found[one.indicator_id, "school", one.school_id] = one
        elif one.territory_id:
            here = region.land.present(one.territory_id).id
            place = one.indicator_id, "territory", here
            if place not in found or one.territory_id == here:
                found[place] = one
    return found


def state_of(indicator: Indicator, measurement: Measurement | None) -> str:
    """Say what came of what a school has sent of an indicator."""
    if indicator.is_from_site:
        return BY_SITE
    return measurement.state if measurement else "не прислано"


def spell_baseline(indicator: Indicator, aim: Target | None) -> str:
    """«18 % на 01.09.2026»: a table has no room for the words."""
    if aim is None or aim.baseline is None or aim.baseline_on is None:
        return NONE
    return f"{spell_value(indicator, aim.baseline)} на {aim.baseline_on:%d.%m.%Y}"


def spell_target(indicator: Indicator, aim: Target | None) -> str:
    """«30 % к 31.08.2027»."""
    if aim is None or aim.target is None or aim.due_on is None:
        return NONE
    return f"{spell_value(indicator, aim.target)} к {aim.due_on:%d.%m.%Y}"


def _measured(
    figures: Figures, indicator: Indicator, schools: Sequence[School]
) -> list[Measurement]:
    found = (figures.measurement(indicator, school) for school in schools)
    return [one for one in found if one]
