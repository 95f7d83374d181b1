"""How the sheets of an .xlsx are laid out: what is hidden, which format a cell has."""

import zipfile
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from posixpath import join, normpath
from typing import IO

from defusedxml.ElementTree import DefusedXMLParser, iterparse

from lms.work.previews.excerpt import FullError
from lms.work.previews.number_formats import BUILT_IN

BOOK, LINKS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
MAX_COLUMNS = 16_384
# So much of all sheets is looked at: about half a second of the processor.
MAX_CHUNKS, _CHUNK = 64, 64 * 1024
_DIGITS = "0123456789"
_YES = {"1", "true"}


@dataclass
class LineLayout:
    """Whether a line of a sheet is hidden, and the formats of its cells by column."""

    number: int
    is_hidden: bool = False
    codes: dict[int, str] = field(default_factory=dict)


class SheetLayout:
    """Reads the layout of a sheet line by line, no further than it is asked for.

    `turns` ends when enough was read.
    """

    def __init__(
        self,
        part: IO[bytes] | None = None,
        codes: Sequence[str] = (),
        turns: Iterator[int] | None = None,
    ) -> None:
        # Columns are counted from 0; known as soon as a line was asked for.
        self.hidden_columns: set[int] = set()
        self._part = part
        self._codes = codes
        self._turns = turns or iter(())
        self._parser = DefusedXMLParser(target=self, forbid_dtd=True)
        self._lines: deque[LineLayout] = deque()
        self._column = 0

    def line(self, number: int) -> LineLayout:
        """Return the layout of a line; lines are asked for in their order, from 0."""
        lines = self._lines
        while self._part and (not lines or lines[-1].number <= number):
            if next(self._turns, None) is None:
                raise FullError
            if chunk := self._part.read(_CHUNK):
                self._parser.feed(chunk)
            else:
                self._part = None
        while lines and lines[0].number < number:
            lines.popleft()
        is_told = lines and lines[0].number == number
        return lines[0] if is_told else LineLayout(number)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in what an element says; the parser calls this."""
        name = tag.rpartition("}")[2]
        if name == "c" and self._lines:
            self._start_cell(attributes)
        elif name == "row":
            self._start_line(attributes)
        elif name == "col" and attributes.get("hidden") in _YES:
            first, last = int(attributes["min"]), int(attributes["max"])
            self.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))

    def _start_line(self, attributes: dict[str, str]) -> None:
        before = self._lines[-1].number + 1 if self._lines else 0
        number = int(attributes["r"]) - 1 if "r" in attributes else before
        self._lines.append(LineLayout(number, attributes.get("hidden") in _YES))
        self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        letters = attributes.get("r", "").rstrip(_DIGITS)
        column = _column(letters) if letters else self._column
        self._column = column + 1
        place = int(attributes.get("s", 0))
        if place < len(self._codes):
            self._lines[-1].codes[column] = self._codes[place]


class Layouts:
    """Tells of each sheet of a workbook how it is laid out."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._codes = _codes(archive)
        self._parts = _parts(archive)
        self._turns = iter(range(MAX_CHUNKS))

    def of(self, sheet: str) -> SheetLayout:
        """Return the layout of a sheet; one that cannot be found hides nothing."""
        part = self._parts.get(sheet, "")
        if part not in self._archive.NameToInfo:
            return SheetLayout()
        return SheetLayout(self._archive.open(part), self._codes, self._turns)


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the archive in which each sheet lies."""
    targets = {
        link["Id"]: normpath(join("/xl", link["Target"])).lstrip("/")
        for _, link in attributes_in(archive, LINKS, "Relationship")
    }
    return {
        sheet["name"]: targets.get(sheet.get("id", ""), "")
        for _, sheet in attributes_in(archive, BOOK, "sheet")
    }


def _codes(archive: zipfile.ZipFile) -> list[str]:
    """Return the code of the format that each style of cells has."""
    codes, styles = dict(BUILT_IN), []
    for name, told in attributes_in(archive, STYLES, "numFmt", "xf", "cellStyleXfs"):
        if name == "numFmt":
            codes[int(told["numFmtId"])] = told["formatCode"]
        elif name == "xf":
            styles.append(int(told.get("numFmtId", 0)))
        else:
            styles.clear()  # these are styles by name, not of cells
    return [codes.get(number, "") for number in styles]


def attributes_in(
    archive: zipfile.ZipFile, part: str, *names: str
) -> list[tuple[str, dict[str, str]]]:
    """Return what the elements with these names say, in the order in which they end."""
    if part not in archive.NameToInfo:
        return []
    found = []
    with archive.open(part) as opened:
        for _, element in iterparse(opened, forbid_dtd=True):
            name = _local(element.tag)
            if name in names:
                told = {_local(key): value for key, value in element.items()}
                found.append((name, told))
            element.clear()
    return found


def _local(name: str) -> str:
    return name.rpartition("}")[2]


@lru_cache(maxsize=MAX_COLUMNS)
def _column(letters: str) -> int:
    """Return the number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
