"""A figure half-year after half-year, and its picture beside baseline and target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from lms.core.charts import Chart, chart_of, counts_up_to
from lms.core.extensions import db
from lms.core.periods import HalfYear
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.monitoring.indicators.counting import Figure, spell_value
from lms.monitoring.indicators.deadlines import OFFERED, before_of
from lms.monitoring.indicators.figures import Figures, figures_of
from lms.monitoring.indicators.models import Indicator, Measurement, Target
from lms.monitoring.indicators.regions import Land
from lms.schools.territories.models import Territory


@dataclass(frozen=True)
class Step:
    """The figure of a half-year, and how many schools are in it."""

    period: HalfYear
    figure: Figure
    schools: int
    asked: int


def history_of(
    indicator: Indicator,
    territory: Territory,
    figures: Figures,
    *,
    land: Land,
    viewer: User,
) -> list[Step]:
    """Return the half-years up to the one that is shown, the first one first."""
    steps = [_step(indicator, territory, figures)]
    first = _first_told(indicator)
    period = figures.period
    while len(steps) < OFFERED and first and period.starts_on > first:
        period = before_of(period)
        earlier = figures_of(territory, period, [indicator], land=land, viewer=viewer)
        steps.append(_step(indicator, territory, earlier))
    return steps[::-1]


def picture_of(
    indicator: Indicator, steps: Sequence[Step], aim: Target | None
) -> Chart | None:
    """Lay out the baseline and each half-year as bars, the target as a line.

    What is not known has no place there; of nothing there is no picture.
    """
    baseline = [] if aim is None or aim.baseline is None else [aim.baseline]
    values = [*baseline, *(step.figure.value for step in steps)]
    if all(value is None for value in values):
        return None
    target = [] if aim is None or aim.target is None else [aim.target] * len(values)
    most = max([1, *target, *(int(value or 0) for value in values)])
    return chart_of(
        values,
        target,
        scale={spell_value(indicator, n): n for n in counts_up_to(most).values()},
        axis=[*(["исходно"] * len(baseline)), *(_short(step.period) for step in steps)],
    )


def _step(indicator: Indicator, territory: Territory, figures: Figures) -> Step:
    schools = figures.region.schools_in(territory)
    told = figures.told[indicator.id].counts
    return Step(
        figures.period,
        figures.of_territory(indicator, territory),
        sum(school.id in told for school in schools),
        len(schools),
    )


def _first_told(indicator: Indicator) -> date | None:
    """Return the first day of the first half-year of which anything is known."""
    if indicator.is_from_site:
        began = db.session.scalar(sa.select(sa.func.min(Cohort.starts_on)))
        return began and max(HalfYear.of(began).starts_on, indicator.valid_from)
    told = sa.select(sa.func.min(Measurement.starts_on))
    return db.session.scalar(told.where(Measurement.indicator_id == indicator.id))


def _short(period: HalfYear) -> str:
    """«1-е 2026/27»."""
    return period.label.replace("полугодие ", "")
