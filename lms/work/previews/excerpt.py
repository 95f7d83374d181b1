"""The beginning of a document: its words in paragraphs and tables, within bounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

MAX_CHARS = 60_000
MAX_CELLS = 5_000
MAX_NAMES = 200
MAX_NAME = 255

Row = list[str]


class FullError(Exception):
    """The bounds are reached; what was read so far is the excerpt."""


class LockedError(Exception):
    """The document asks for a password."""


@dataclass
class Block:
    """A paragraph, or a table when it has rows."""

    text: str = ""
    rows: list[Row] = field(default_factory=list)


@dataclass
class Excerpt:
    """The beginning of a document, or names in an archive, or why there is neither.

    `is_cut` says that there is more of it, `left_out` what else the file has.
    """

    blocks: list[Block] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    is_cut: bool = False
    refusal: str = ""
    left_out: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> Self:
        """Return the excerpt whose fields were stored."""
        blocks = [Block(**block) for block in stored["blocks"]]
        return cls(**{**stored, "blocks": blocks})


def without_empty_end(row: Row) -> Row:
    """Return a row of a sheet up to its last cell with something in it."""
    filled = [place for place, text in enumerate(row, start=1) if text]
    return row[: filled[-1]] if filled else []


class Writer:
    """Fills an excerpt until the bounds are reached."""

    def __init__(self) -> None:
        self.excerpt = Excerpt()
        self._chars, self._cells = MAX_CHARS, MAX_CELLS

    def write(self, text: str) -> None:
        """Add a paragraph, unless it is empty."""
        if text.strip():
            self.excerpt.blocks.append(Block(self._take(text)))

    def write_row(self, table: Block, cells: Sequence[str]) -> None:
        """Add a row to a table, unless it is empty; the first one shows the table."""
        if not any(cells):
            return
        if not table.rows:
            self.excerpt.blocks.append(table)
        row: Row = []
        table.rows.append(row)
        for text in cells:
            self._cells -= 1
            row.append(self._take(text))

    def leave_out(self, what: str) -> None:
        """Note what the file has and the excerpt does not show."""
        if what not in self.excerpt.left_out:
            self.excerpt.left_out.append(what)

    def _take(self, text: str) -> str:
        """Give a text as much room as is left."""
        if self._chars <= 0 or self._cells < 0:
            raise FullError
        taken = text[: self._chars]
        self._chars -= len(taken)
        return taken
