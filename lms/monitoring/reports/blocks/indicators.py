"""«Показатели и диагностика»: indicators of both half-years, and what was learned."""

from collections.abc import Iterable

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.core.links import site_path
from lms.core.periods import HalfYear
from lms.monitoring.indicators.counting import Figure
from lms.monitoring.indicators.figures import Figures, figures_in, indicators_of
from lms.monitoring.indicators.models import Indicator, Target, Unit
from lms.monitoring.indicators.regions import Land, Region, land, region_of
from lms.monitoring.indicators.summary import (
    BY_SITE,
    Line,
    aims_of,
    lines_of,
    spell_baseline,
    spell_target,
    state_of,
)
from lms.monitoring.reports.blocks.growth import growth_of
from lms.monitoring.reports.measured import summed
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Block, Measured
from lms.schools.teams.models import School
from lms.schools.territories.history import territory_at
from lms.schools.territories.models import Territory

KEY = "indicators"
TITLE = "Показатели и диагностика"


def block_of(scope: Scope) -> Block:
    """Take both from the pages that show them, hidden as they are there."""
    begun = [half for half in scope.year.halves if half.starts_on <= today()]
    measured = [one for half in begun for one in _measured(scope, half)]
    growth = growth_of(scope)
    return Block(
        key=KEY,
        title=TITLE,
        figures=growth.figures,
        grids=growth.grids,
        measured=measured,
    )


def with_aims(block: Block, territory: Territory, halves: Iterable[HalfYear]) -> Block:
    """Put beside the sums of a region where it began itself, and what it aims at."""
    aims: dict[str, dict[str, str]] = {}
    nowhere = Region(land(), [], {})
    for half in halves:
        indicators = indicators_of(half)
        found = aims_of(indicators, nowhere, territory)
        for one in indicators:
            aim = found.get((one.id, "territory", territory.id))
            aims[_key(one, half)] = _spelled(one, aim)
    rows = [one.model_copy(update=aims.get(one.key, {})) for one in block.measured]
    return block.model_copy(update={"measured": rows})


def _measured(scope: Scope, half: HalfYear) -> list[Measured]:
    """Return the indicators of a half-year; none if nobody took part."""
    whole, indicators = land(), indicators_of(half)
    here = _territory_of(scope, half, whole)
    region = region_of(here, half, whole) if here else _alone(scope, whole)
    figures = figures_in(region, half, indicators, viewer=scope.viewer)
    if here and not scope.school and scope.with_parts:
        lines = lines_of(figures, here, indicators)
        return [_of_territory(line, here, half) for line in lines if line.asked]
    schools = [one for one in region.schools if _is_meant(scope, region, one)]
    aims = aims_of(indicators, region, None) if schools else {}
    rows = [
        [
            _of_school(one, figures, school, aims.get((one.id, "school", school.id)))
            for school in schools
        ]
        for one in indicators
    ]
    if scope.school:
        return [one for row in rows for one in row]
    return [summed(row) for row in rows if row]


def _territory_of(scope: Scope, half: HalfYear, whole: Land) -> Territory | None:
    """Return the territory of the report, or that of its school in the half-year."""
    if scope.school is None:
        return scope.territory
    school_id = sa.literal(scope.school.id)
    number = db.session.scalar(sa.select(territory_at(half.ends_on, school_id)))
    return whole.present(number) if number else None


def _alone(scope: Scope, whole: Land) -> Region:
    """Take a school that lies in no territory for a region of its own."""
    return Region(whole, [scope.school] if scope.school else [], {})


def _is_meant(scope: Scope, region: Region, school: School) -> bool:
    """Tell of a school whether it is that of the report, or lies in no district."""
    if scope.school:
        return school.id == scope.school.id
    return region.territory_of(school) is scope.territory


def _of_territory(line: Line, territory: Territory, half: HalfYear) -> Measured:
    one = line.indicator
    is_asked = not one.is_from_site
    page = {"territory": territory.id, "period": half.starts_on.isoformat()}
    return _row(
        one,
        line.figure,
        half,
        aim=line.aim,
        kind=(Unit.NUMBER if one.is_number else Unit.SHARE).name,
        state="" if is_asked else BY_SITE,
        asked=len(line.asked) if is_asked else 0,
        sent=len(line.measurements),
        missing=[school.label for school in line.missing],
        address=site_path("indicators.indicator", indicator_id=one.id, **page),
    )


def _of_school(
    one: Indicator, figures: Figures, school: School, aim: Target | None
) -> Measured:
    sent = figures.measurement(one, school)
    is_asked = not one.is_from_site
    period = figures.period.starts_on.isoformat()
    return _row(
        one,
        figures.of_school(one, school),
        figures.period,
        aim=aim,
        kind=one.unit.name,
        state=state_of(one, sent),
        asked=int(is_asked),
        sent=int(sent is not None),
        missing=[school.label] if is_asked and not sent else [],
        address=site_path("indicators.school", school_id=school.id, period=period),
    )


def _row(
    one: Indicator,
    figure: Figure,
    half: HalfYear,
    *,
    aim: Target | None,
    **facts: str | int | list[str],
) -> Measured:
    """Write down a figure as far as it is shown: what is hidden is stored nowhere."""
    count = figure.count
    part, whole = figure.hidden_numerator, figure.hidden_denominator
    shown = {
        "value": count.numerator if count and not part else None,
        "of": count.denominator if count and not whole else None,
        "hidden": part.value if part else "",
        "hidden_of": whole.value if whole else "",
    }
    named = {"key": _key(one, half), "label": one.title, "period": half.label}
    return Measured.model_validate(named | shown | _spelled(one, aim) | facts)


def _key(one: Indicator, half: HalfYear) -> str:
    return f"{one.id} {half.starts_on}"


def _spelled(one: Indicator, aim: Target | None) -> dict[str, str]:
    return {"baseline": spell_baseline(one, aim), "target": spell_target(one, aim)}
