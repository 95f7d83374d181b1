"""The words in the XML of slides and of open documents, read piece by piece."""

import re
import zipfile
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from lms.work.previews.excerpt import MAX_CELLS, Block, Row, Writer
from lms.work.previews.left_out import SIGNS

PARTS = {
    "pptx": r"ppt/slides/slide\d+\.xml",
    "odt": r"content\.xml",
    "odp": r"content\.xml",
    "ods": r"content\.xml",
}
_PARAGRAPHS = {"p", "h"}
_ROWS = {"tr", "table-row"}
_CELLS = {"tc", "table-cell", "covered-table-cell"}
TABLES = {"tbl", "table"}
_BREAKS = {"tab": "\t", "br": "\n", "line-break": "\n", "s": " "}
# The same once more for older programs, notes beside the text, what was deleted.
_ASIDE = {"Fallback", "annotation", "note", "notes", "tracked-changes"}
_ASIDE |= {"content-validations"}


def read_parts(
    archive: zipfile.ZipFile, kind: str, writer: Writer, reader: "type[Reader]"
) -> None:
    """Write the paragraphs and tables of each part, slide2 before slide10."""
    names = [n for n in archive.namelist() if re.fullmatch(PARTS[kind], n)]
    if not names:
        raise ValueError("no part with words")
    for name in sorted(names, key=lambda name: (len(name), name)):
        reading = reader(writer)
        with archive.open(name) as part:
            for event, element in iterparse(part, ("start", "end"), forbid_dtd=True):
                reading.read(event, element)


class Reader:
    """Turns the elements of a part into paragraphs and tables."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._aside = 0
        self._depth = 0  # of tables in one another; only the outermost makes rows
        self._table: Block | None = None
        self._row: Row | None = None
        self._cell: list[str] | None = None

    def read(self, event: str, element: Element) -> None:
        name = _local_name(element)
        if event == "start" and name in SIGNS:
            self._writer.leave_out(SIGNS[name])
        if name in _ASIDE:
            self._aside += 1 if event == "start" else -1
            if event == "end":
                _forget(element)
        elif self._aside:
            return
        elif event == "start":
            self._start(name, element)
        else:
            self._end(name, element)

    def _start(self, name: str, _element: Element) -> None:
        if name in TABLES:
            self._depth += 1
            self._table = self._table or Block()
        elif self._depth > 1:
            return
        elif name in _ROWS and self._table is not None:
            self._row = []
        elif name in _CELLS and self._row is not None:
            self._cell = []

    def _end(self, name: str, element: Element) -> None:
        if name in _PARAGRAPHS:
            self._write(_words(element))
            _forget(element)
        elif name in TABLES:
            self._depth -= 1
            self._table = self._table if self._depth else None
        elif self._depth > 1:
            return
        elif name in _CELLS and self._cell is not None and self._row is not None:
            times = repeated(element, "number-columns-repeated")
            self._row += [self._shown(element, self._cell)] * times
            self._cell = None
            _forget(element)
        elif name in _ROWS and self._table is not None and self._row is not None:
            self._write_row(element, self._table, self._row)
            self._row = None
            _forget(element)

    def _shown(self, _cell: Element, paragraphs: Row) -> str:
        return "\n".join(paragraphs)

    def _write_row(self, _element: Element, table: Block, row: Row) -> None:
        self._writer.write_row(table, row)

    def _write(self, text: str) -> None:
        if self._cell is None:
            self._writer.write(text)
        else:
            self._cell.append(text)


def _local_name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def told(element: Element, name: str) -> str:
    """Return what an element of an open document says under this name."""
    return next((v for key, v in element.items() if key.endswith("}" + name)), "")


def repeated(element: Element, name: str) -> int:
    """Return how many neighbours in an open document are the same as this element."""
    return min(int(told(element, name) or 1), MAX_CELLS)


def _forget(element: Element) -> None:
    """Free what is in an element, but keep the words that follow it."""
    tail = element.tail
    element.clear()
    element.tail = tail


def _words(paragraph: Element) -> str:
    """Return what a reader sees of a paragraph: no codes of fields, but its breaks."""
    if not any(_local_name(element) == "t" for element in paragraph.iter()):
        return _plain(paragraph)
    parts = []
    for element in paragraph.iter():
        name = _local_name(element)
        parts.append(element.text or "" if name == "t" else _BREAKS.get(name, ""))
    return "".join(parts)


def _plain(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += [_BREAKS.get(_local_name(child), ""), _plain(child), child.tail or ""]
    return "".join(parts)
