"""Indicators in a report: their rows in tables, and how those of districts add up."""

from collections.abc import Sequence
from typing import NamedTuple

from lms.monitoring.indicators.counting import NONE
from lms.monitoring.indicators.counting import Figure as Counted
from lms.monitoring.indicators.hiding import Mark
from lms.monitoring.indicators.models import Count, Indicator, Unit
from lms.monitoring.reports.snapshot import Block, Cell, Grid, Measured, Number

TITLE = "Показатели по полугодиям"
COLUMNS = {
    "Показатель": 40,
    "Полугодие": 18,
    "Числитель": 12,
    "Знаменатель": 14,
    "Факт": 12,
    "Исходно": 18,
    "Цель": 18,
    "Прислали": 16,
    "Не прислали": 26,
}


def counted(one: Measured) -> Counted:
    """Return a figure in the words of the pages of indicators."""
    known = one.value is not None or one.hidden
    return Counted(
        Indicator(unit=Unit[one.kind]),
        Count(int(one.value or 0), one.of) if known else None,
        Mark(one.hidden) if one.hidden else None,
        Mark(one.hidden_of) if one.hidden_of else None,
        is_of_school=Unit[one.kind] is Unit.YES_NO,
    )


def measured_grid(block: Block) -> Grid:
    """Return the table of the indicators of a block."""
    rows = [cells_of(one) for one in block.measured]
    return Grid(key="measured", title=TITLE, columns=COLUMNS, rows=rows, is_wide=True)


def cells_of(one: Measured) -> list[Cell]:
    """Return the row of an indicator."""
    figure = counted(one)
    return [
        one.label,
        one.period,
        figure.numerator,
        figure.denominator,
        figure.fact,
        one.baseline or NONE,
        one.target or NONE,
        said_by(one),
        "; ".join(one.missing) or None,
    ]


def said_by(one: Measured) -> str:
    """«4 из 5» schools, or who says it, or what came of it."""
    return one.state or f"{one.sent} из {one.asked}"


def spelled_measured(one: Measured) -> str:
    """«20 % (30 из 150)», «скрыто»: a share says of how many it is."""
    figure = counted(one)
    if one.kind != Unit.SHARE.name or figure.value is None:
        return figure.fact
    return f"{figure.fact} ({figure.part} из {figure.whole})"


def summed(alike: Sequence[Measured]) -> Measured:
    """Add up an indicator over several places; their aims are not those of the sum.

    A sum is told where each of its numbers is: then it tells nothing new of anybody.
    """
    first = alike[0]
    value, hidden = _added([(one.value, one.hidden) for one in alike])
    of, hidden_of = _added([(one.of, one.hidden_of) for one in alike])
    is_number = first.kind == Unit.NUMBER.name
    facts = {
        "value": value,
        "of": of,
        "hidden": hidden,
        "hidden_of": hidden_of,
        "kind": (Unit.NUMBER if is_number else Unit.SHARE).name,
        "baseline": "",
        "target": "",
        "state": first.state if not first.asked else "",
        "asked": sum(one.asked for one in alike),
        "sent": sum(one.sent for one in alike),
        "missing": [school for one in alike for school in one.missing],
    }
    return first.model_copy(update=facts)


class _Number(NamedTuple):
    value: Number | None
    hidden: str


def _added(numbers: Sequence[tuple[Number | None, str]]) -> _Number:
    if any(hidden for _, hidden in numbers):
        return _Number(None, Mark.COVER.value)
    known = [value for value, _ in numbers if value is not None]
    return _Number(sum(known) if known else None, "")
