"""The figures of a period: everything a region has said, and what is shown of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from lms.core.disclosure import FEW
from lms.core.extensions import db
from lms.core.periods import HalfYear
from lms.identity.accounts.models import User
from lms.monitoring.indicators.counting import Figure, total
from lms.monitoring.indicators.hiding import Leaf, Mark, Marks, Place, hide
from lms.monitoring.indicators.models import Count, Indicator, Measurement
from lms.monitoring.indicators.regions import Land, Region, region_of
from lms.monitoring.indicators.sources import SITE
from lms.schools.teams.models import School
from lms.schools.territories.models import Territory

Counts = dict[int, Count]
# What pages say of a measurement.
WITH_ALL = (
    joinedload(Measurement.file),
    joinedload(Measurement.sent_by),
    selectinload(Measurement.decisions),
)


@dataclass(frozen=True)
class Told:
    """What is known of one indicator: counts of schools, and what is hidden of them."""

    counts: Counts
    # The last one of each school; the site's own figures have none.
    measurements: dict[int, Measurement]
    numerators: Marks
    denominators: Marks


@dataclass(frozen=True)
class Figures:
    """The figures of a half-year, of every school and territory of a region."""

    region: Region
    period: HalfYear
    told: dict[int, Told]

    def of_school(self, indicator: Indicator, school: School) -> Figure:
        told = self.told[indicator.id]
        count = told.counts.get(school.id)
        return _figure(indicator, told, ("school", school.id), count)

    def of_territory(self, indicator: Indicator, territory: Territory) -> Figure:
        told = self.told[indicator.id]
        schools = self.region.schools_in(territory)
        counts = [told.counts[one.id] for one in schools if one.id in told.counts]
        summed = total(counts) if counts else None
        return _figure(indicator, told, ("territory", territory.id), summed)

    def measurement(self, indicator: Indicator, school: School) -> Measurement | None:
        return self.told[indicator.id].measurements.get(school.id)


def indicators_of(period: HalfYear) -> Sequence[Indicator]:
    """Return what is counted in a period, direction by direction; one statement."""
    held = sa.select(Indicator).where(Indicator.holds_in(period))
    ordered = held.order_by(Indicator.position, Indicator.id)
    return [one for one in db.session.scalars(ordered) if is_known(one)]


def is_known(indicator: Indicator) -> bool:
    """Tell whether somebody can say it: a person, or the site of this release."""
    return not indicator.is_from_site or indicator.key in SITE


def figures_of(
    territory: Territory,
    period: HalfYear,
    indicators: Sequence[Indicator],
    *,
    land: Land,
    viewer: User | None,
) -> Figures:
    """Read the figures of the region of a territory; statements whatever its size."""
    region = region_of(territory, period, land)
    return figures_in(region, period, indicators, viewer=viewer)


def figures_in(
    region: Region,
    period: HalfYear,
    indicators: Sequence[Indicator],
    *,
    viewer: User | None,
) -> Figures:
    """Read the figures of some schools, hidden as they are in their whole region."""
    ids = [school.id for school in region.schools]
    measured = _last_measurements(ids, period, indicators)
    came = _arrivals(ids, period, indicators)
    told = {}
    for indicator in indicators:
        found = measured.get(indicator.id, {})
        counts = {school_id: one.count for school_id, one in found.items()}
        if indicator.is_from_site:
            counts = SITE[indicator.key](ids, period, viewer)
        order = {one: came.get((indicator.id, one), one) for one in counts}
        hidden = _hidden(region, counts, order) if indicator.counts_people else ({}, {})
        told[indicator.id] = Told(counts, found, *hidden)
    return Figures(region, period, told)


def last_measurements() -> sa.Select[Measurement]:
    """Find the last measurement of each school, indicator and period."""
    last = sa.select(Measurement).where(is_last_version()).order_by(Measurement.id)
    return last.options(*WITH_ALL)


@cache
def is_last_version() -> sa.ColumnElement[bool]:
    """Tell of a measurement whether none was sent after it."""
    later = aliased(Measurement)
    return ~sa.exists().where(
        later.starts_on == Measurement.starts_on,
        later.indicator_id == Measurement.indicator_id,
        later.school_id == Measurement.school_id,
        later.number > Measurement.number,
    )


def _last_measurements(
    school_ids: Iterable[int], period: HalfYear, indicators: Iterable[Indicator]
) -> dict[int, dict[int, Measurement]]:
    query = last_measurements().where(
        Measurement.starts_on == period.starts_on,
        Measurement.school_id.in_(school_ids),
        Measurement.indicator_id.in_([one.id for one in indicators]),
    )
    found: dict[int, dict[int, Measurement]] = {}
    for one in db.session.scalars(query):
        found.setdefault(one.indicator_id, {})[one.school_id] = one
    return found


def _arrivals(
    school_ids: Iterable[int], period: HalfYear, indicators: Iterable[Indicator]
) -> dict[tuple[int, int], int]:
    """Tell which number came when: the id of the first version by what it is about."""
    people = [one.id for one in indicators if one.counts_people]
    if not people:
        return {}
    about = Measurement.indicator_id, Measurement.school_id
    rows = db.session.execute(
        sa.select(*about, sa.func.min(Measurement.id))
        .where(Measurement.starts_on == period.starts_on)
        .where(Measurement.school_id.in_(school_ids))
        .where(Measurement.indicator_id.in_(people))
        .group_by(*about)
    )
    return {(indicator, school): first for indicator, school, first in rows}


def _hidden(
    region: Region, counts: Counts, came: Mapping[int, int]
) -> tuple[Marks, Marks]:
    """Mark the numerators and the denominators that are hidden in a whole region.

    Everybody knows that of a share the first is no larger than the second.
    """
    above = region.above
    wholes: dict[Place, Leaf] = {
        ("school", school_id): Leaf(
            whole, least=_told_least(part), came=came[school_id]
        )
        for school_id, (part, whole) in counts.items()
        if whole is not None
    }
    denominators = hide(above, wholes)
    parts: dict[Place, Leaf] = {}
    for school_id, (part, whole) in counts.items():
        place = ("school", school_id)
        most = None if place in denominators else whole
        parts[place] = Leaf(part, most=most, came=came[school_id])
    return hide(above, parts), denominators


def _told_least(part: int) -> int:
    return 1 if 0 < part < FEW else part


def _figure(
    indicator: Indicator, told: Told, place: Place, count: Count | None
) -> Figure:
    marks: tuple[Mark | None, Mark | None] = (
        told.numerators.get(place),
        told.denominators.get(place),
    )
    return Figure(indicator, count, *marks, is_of_school=place[0] == "school")
