"""The words of an office document: its beginning, within bounds, and nothing else.

A document comes from a stranger. So only the parts with text are read, never more of
them than fits the bounds, whatever their archive promises.
"""

import re
import zipfile
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from lms.work.previews.parts import FullError, Part, events_of, local_name
from lms.work.previews.sheets import SheetFacts, sheet_facts

MAX_CHARS = 60_000
MAX_CELLS = 5_000

_PARTS = {
    "docx": r"word/document\.xml",
    "pptx": r"ppt/slides/slide\d+\.xml",
    "xlsx": r"xl/worksheets/sheet\d+\.xml",
    "odt": r"content\.xml",
    "odp": r"content\.xml",
    "ods": r"content\.xml",
}
_PARAGRAPHS = {"p", "h"}
_ROWS = {"tr", "table-row", "row"}
_CELLS = {"tc", "table-cell", "c"}
_TABLES = {"tbl", "table", "sheetData"}
_BREAKS = {"tab": "\t", "br": "\n", "line-break": "\n", "s": " "}

Row = list[str]


class UnreadableError(Exception):
    """The document is not what its name says, or is broken."""


@dataclass
class Block:
    """A paragraph, or a table when it has rows."""

    text: str = ""
    rows: list[Row] = field(default_factory=list)


@dataclass
class Excerpt:
    """The beginning of a document; `is_cut` says that there is more of it."""

    blocks: list[Block] = field(default_factory=list)
    is_cut: bool = False


def excerpt_of(kind: str, file: BinaryIO) -> Excerpt:
    """Read the beginning of a document of a known kind."""
    reader = _Reader()
    try:
        with zipfile.ZipFile(file) as archive:
            if kind == "xlsx":
                reader.sheet = sheet_facts(archive)
            for name in _parts(archive, kind):
                with archive.open(name) as part:
                    reader.read(part)
    except FullError:
        reader.excerpt.is_cut = True
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, OSError) as error:
        raise UnreadableError from error
    except (NotImplementedError, RuntimeError, EOFError) as error:
        raise UnreadableError from error  # an encrypted or exotic archive
    return reader.excerpt


def names_in(file: BinaryIO, limit: int = 200) -> list[str]:
    """Return the names of the files in an archive, without unpacking it."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [one.filename for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError from error
    return entries[:limit]


def _parts(archive: zipfile.ZipFile, kind: str) -> list[str]:
    """Return the parts with text in their order: slide2 before slide10."""
    names = [n for n in archive.namelist() if re.fullmatch(_PARTS[kind], n)]
    return sorted(names, key=lambda name: (len(name), name))


class _Reader:
    """Turns the elements of a document into paragraphs and tables."""

    def __init__(self) -> None:
        self.excerpt = Excerpt()
        self.sheet = SheetFacts()
        self._room, self._cells = MAX_CHARS, MAX_CELLS
        self._table: Block | None = None
        self._row: Row | None = None
        self._cell: list[str] | None = None

    def read(self, part: Part) -> None:
        for event, element in events_of(part):
            name = local_name(element)
            if event == "start":
                self._start(name)
            else:
                self._end(name, element)

    def _start(self, name: str) -> None:
        if name in _TABLES and self._table is None:
            self._table = Block()
            self.excerpt.blocks.append(self._table)
        elif name in _ROWS and self._table is not None:
            self._row = []
        elif name in _CELLS and self._row is not None:
            self._cell = []

    def _end(self, name: str, element: Element) -> None:
        if name in _PARAGRAPHS:
            self._write(_words(element))
            element.clear()
        elif name in _CELLS and self._cell is not None and self._row is not None:
            text = "\n".join(self._cell) or self.sheet.value(element)
            self._row.append(self._take(text))
            self._cell = None
            element.clear()
        elif name in _ROWS and self._table is not None and self._row is not None:
            if any(self._row):
                self._table.rows.append(self._row)
            self._row = None
            element.clear()
        elif name in _TABLES:
            self._table = None

    def _write(self, text: str) -> None:
        if self._cell is not None:
            self._cell.append(text)
        elif text.strip():
            self.excerpt.blocks.append(Block(self._take(text)))

    def _take(self, text: str) -> str:
        """Give a text as much room as is left."""
        self._cells -= self._row is not None
        if self._room <= 0 or self._cells < 0:
            raise FullError
        taken = text[: self._room]
        self._room -= len(taken)
        return taken


def _words(paragraph: Element) -> str:
    """Return what a reader sees of a paragraph: no codes of fields, but its breaks."""
    if not any(local_name(element) == "t" for element in paragraph.iter()):
        return _plain(paragraph)
    parts = []
    for element in paragraph.iter():
        name = local_name(element)
        parts.append(element.text or "" if name == "t" else _BREAKS.get(name, ""))
    return "".join(parts)


def _plain(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += [_BREAKS.get(local_name(child), ""), _plain(child), child.tail or ""]
    return "".join(parts)
