"""A report as it is shown, exported and stored: figures, tables, and conclusions."""

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from lms.monitoring.indicators.hiding import Mark

# What stands in tables in place of numbers of a few people.
HIDDEN = frozenset(mark.value for mark in Mark)
Number = int | float


def _added_later(default: Any) -> Any:
    """Leave out of the stored text, where it is empty, what older editions have not.

    So the fingerprint of an edition of any release can be made again from its content.
    """
    return Field(default=default, exclude_if=lambda value: not value)


class Frozen(BaseModel):
    """What was written down once."""

    model_config = ConfigDict(frozen=True)


class Person(Frozen):
    """Somebody in a table, by the number of the account: the name is looked up."""

    person_id: int


class Day(Frozen):
    """A day in a table: each file and the page write it in their own way."""

    day: date


Cell = Person | Day | int | float | str | None


def day_cell(day: date | None) -> Day | None:
    """Return the cell of a day; none is an empty one."""
    return Day(day=day) if day else None


class Figure(Frozen):
    """A number, of how many where it is a part; None: no data, which is never 0."""

    key: str
    label: str
    value: Number | None
    of: int | None = None
    unit: str = ""
    # The page where it comes from.
    address: str = ""
    # Whether that of a region is the sum of its districts; a median is not.
    adds_up: bool = True
    # Whether the number told is the mean: the value is a sum over `of` people.
    is_mean: bool = _added_later(False)
    # What stands in place of a number that would tell of a few people.
    hidden: str = _added_later("")
    # The key of the table whose rows it counts; a region counts those of its own.
    rows_of: str = _added_later("")

    @property
    def told(self) -> Number | None:
        """Return the number as a table has it."""
        if not self.is_mean or self.value is None:
            return self.value
        return round(self.value / self.of, 1) if self.of else None


class Measured(Figure):
    """An indicator in a half-year: where it began, what is aimed at, who is missing."""

    period: str
    # The name of its `Unit`; of territories also «да/нет» is a share of schools.
    kind: str
    hidden_of: str = ""
    baseline: str = ""
    target: str = ""
    # Who says it, or what came of what a school has sent; else schools are counted.
    state: str = ""
    asked: int = 0
    sent: int = 0
    # The schools that have said nothing.
    missing: list[str] = []


class Grid(Frozen):
    """A table under its caption; the width of each column is a share of the page."""

    key: str
    title: str
    columns: dict[str, int]
    rows: list[list[Cell]]
    is_wide: bool = False
    # Whether a region adds up the rows with the same first cell, or lists all.
    adds_up: bool = False
    # What each row is about, where several districts may have it: a region has it once.
    keys: list[int] = _added_later([])


class Block(Frozen):
    """A part of the report; nothing in it: it was not done in the year."""

    key: str
    title: str
    figures: list[Figure] = []
    grids: list[Grid] = []
    measured: list[Measured] = _added_later([])

    @property
    def every_figure(self) -> list[Figure]:
        return [*self.figures, *self.measured]

    @property
    def is_empty(self) -> bool:
        return not any(
            figure.value or figure.of or figure.hidden for figure in self.every_figure
        )

    @property
    def hides(self) -> bool:
        """Tell whether something stands in place of a number of a few people."""
        cells = (cell for grid in self.grids for row in grid.rows for cell in row)
        figures = any(figure.hidden for figure in self.every_figure)
        wholes = any(one.hidden_of for one in self.measured)
        return figures or wholes or not HIDDEN.isdisjoint(_texts(cells))


def _texts(cells: Iterable[Cell]) -> list[str]:
    return [cell for cell in cells if isinstance(cell, str)]


class Source(Frozen):
    """An edition that a region's report has summed; 0: that district closed none."""

    territory: str
    territory_id: int
    number: int


class Snapshot(Frozen):
    """All of a report but who and when."""

    blocks: list[Block]
    texts: dict[str, str] = {}
    sources: list[Source] = []
    # The numbers of the schools that it counts.
    schools: list[int] = _added_later([])

    @property
    def people(self) -> set[int]:
        """Return the numbers of everybody who is named in a table."""
        return {
            cell.person_id
            for block in self.blocks
            for grid in block.grids
            for row in grid.rows
            for cell in row
            if isinstance(cell, Person)
        }

    @cached_property
    def canonical(self) -> bytes:
        return self.model_dump_json().encode()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.canonical).hexdigest()
