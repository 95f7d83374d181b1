"""What the tables of a project say in numbers; each number with what it is of."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import NamedTuple

from babel.numbers import format_decimal

from lms.core.charts import Chart, chart_of, counts_up_to
from lms.core.language import RU
from lms.core.periods import Quarter
from lms.monitoring.projects.picture import Picture

NO_DATA = "нет данных"


class Share(NamedTuple):
    """A part of a whole; of nothing there is no share."""

    part: int
    whole: int

    @property
    def words(self) -> str:
        """«4 из 5 (80 %)»."""
        if not self.whole:
            return NO_DATA
        percent = round(100 * self.part / self.whole)
        return f"{self.part} из {self.whole} ({percent}\N{NO-BREAK SPACE}%)"


@dataclass(frozen=True)
class Figures:
    """How a project went up to a day."""

    conducted: Share
    unplanned: int
    unmarked: int
    came_true: Share
    unforeseen: int
    # Days from «не проведено» to the correction of each event that has one.
    days_to_correction: list[int]
    without_correction: int

    @property
    def median_days(self) -> str:
        """«3,5», or that nothing was corrected yet."""
        if not self.days_to_correction:
            return NO_DATA
        return format_decimal(median(self.days_to_correction), locale=RU)


class QuarterRow(NamedTuple):
    """How many events a quarter had in the plan, and how many were held in it."""

    quarter: Quarter
    planned: int
    held: int


def figures_of(picture: Picture, on: date) -> Figures:
    """Count a project as it stood on a day."""
    due = [event for event in picture.events if event.is_due(on)]
    held = [event for event in picture.events if event.is_held]
    missed = [event for event in picture.events if event.missed_on]
    foreseen = [risk for risk in picture.risks if risk.is_planned]
    came = [risk for risk in picture.risks if risk.came_on]
    return Figures(
        conducted=Share(sum(event.is_held for event in due), len(due)),
        unplanned=sum(not event.is_planned for event in held),
        unmarked=len(picture.unmarked(on)),
        came_true=Share(sum(risk.is_planned for risk in came), len(foreseen)),
        unforeseen=sum(not risk.is_planned for risk in came),
        days_to_correction=[
            max(0, (event.corrected_on - event.missed_on).days)
            for event in missed
            if event.corrected_on and event.missed_on
        ],
        without_correction=sum(event.corrected_on is None for event in missed),
    )


def quarters_of(picture: Picture, closed: Iterable[Quarter] = ()) -> list[QuarterRow]:
    """Return plan and fact quarter by quarter, the empty ones between them as well.

    `closed` are quarters that belong there whatever they held.
    """
    planned = Counter(Quarter.of(one.due_on) for one in picture.events if one.due_on)
    held = Counter(Quarter.of(one.done_on) for one in picture.events if one.done_on)
    known = {*planned, *held, *closed}
    if not known:
        return []
    first, quarter = min(known), max(known)
    rows = []
    while quarter >= first:
        rows.append(QuarterRow(quarter, planned[quarter], held[quarter]))
        quarter = quarter.previous
    return rows[::-1]


def chart_of_quarters(rows: list[QuarterRow]) -> Chart:
    """Lay out what was held as bars and what was planned as the line above them."""
    most = max((max(row.planned, row.held) for row in rows), default=1)
    return chart_of(
        [row.held for row in rows],
        [row.planned for row in rows],
        scale=counts_up_to(most),
        axis=[row.quarter.label.replace(" квартал", "") for row in rows],
    )
