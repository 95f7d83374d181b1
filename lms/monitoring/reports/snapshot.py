"""A report as it is shown, exported and stored: figures, tables, and conclusions."""

import hashlib
from functools import cached_property

from pydantic import BaseModel, ConfigDict

Number = int | float


class Frozen(BaseModel):
    """What was written down once."""

    model_config = ConfigDict(frozen=True)


class Person(Frozen):
    """Somebody in a table, by the number of the account: the name is looked up."""

    person_id: int


Cell = Person | int | float | str | None


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


class Grid(Frozen):
    """A table under its caption; the width of each column is a share of the page."""

    key: str
    title: str
    columns: dict[str, int]
    rows: list[list[Cell]]
    is_wide: bool = False
    # Whether a region adds up the rows with the same first cell, or lists all.
    adds_up: bool = False


class Block(Frozen):
    """A part of the report; nothing in it: it was not done in the year."""

    key: str
    title: str
    figures: list[Figure] = []
    grids: list[Grid] = []

    @property
    def is_empty(self) -> bool:
        return not any(figure.value or figure.of for figure in self.figures)


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
