"""The words in the XML of slides and of open documents, read piece by piece."""

import re
import zipfile
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from lms.work.previews.excerpt import MAX_CELLS, Block, Row, Writer

PARTS = {
    "pptx": r"ppt/slides/slide\d+\.xml",
    "odt": r"content\.xml",
    "odp": r"content\.xml",
}
_PARAGRAPHS = {"p", "h"}
_ROWS = {"tr", "table-row"}
_CELLS = {"tc", "table-cell", "covered-table-cell"}
_REPEATED = "}number-columns-repeated"
_TABLES = {"tbl", "table"}
_BREAKS = {"tab": "\t", "br": "\n", "line-break": "\n", "s": " "}
# The same once more for older programs, notes of other readers, what was deleted.
_ASIDE = {"Fallback", "annotation", "tracked-changes"}


def read_parts(archive: zipfile.ZipFile, kind: str, writer: Writer) -> None:
    """Write the paragraphs and tables of each part, slide2 before slide10."""
    names = [n for n in archive.namelist() if re.fullmatch(PARTS[kind], n)]
    if not names:
        raise ValueError("no part with words")
    for name in sorted(names, key=lambda name: (len(name), name)):
        reader = _Reader(writer)
        with archive.open(name) as part:
            for event, element in iterparse(part, ("start", "end"), forbid_dtd=True):
                reader.read(event, element)


class _Reader:
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
        if name in _ASIDE:
            self._aside += 1 if event == "start" else -1
            if event == "end":
                _forget(element)
        elif self._aside:
            return
        elif event == "start":
            self._start(name)
        else:
            self._end(name, element)

    def _start(self, name: str) -> None:
        if name in _TABLES:
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
        elif name in _TABLES:
            self._depth -= 1
            self._table = self._table if self._depth else None
        elif self._depth > 1:
            return
        elif name in _CELLS and self._cell is not None and self._row is not None:
            self._row += ["\n".join(self._cell)] * _times(element)
            self._cell = None
            _forget(element)
        elif name in _ROWS and self._table is not None and self._row is not None:
            self._writer.write_row(self._table, self._row)
            self._row = None
            _forget(element)

    def _write(self, text: str) -> None:
        if self._cell is None:
            self._writer.write(text)
        else:
            self._cell.append(text)


def _local_name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _times(cell: Element) -> int:
    """Return how many neighbours are the same as this cell of an open document."""
    repeated = (told for key, told in cell.items() if key.endswith(_REPEATED))
    return min(int(next(repeated, None) or 1), MAX_CELLS)


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
