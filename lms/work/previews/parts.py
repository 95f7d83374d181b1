"""The words in the XML of slides and of open documents, read piece by piece."""

import re
import zipfile
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from lms.work.previews.excerpt import MAX_CELLS, Block, Row, Writer
from lms.work.previews.left_out import HIDDEN_SLIDES, HIDDEN_TEXT, SIGNS

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
# What properties of a style say when nothing of that style is shown.
_HIDING = {
    "text-properties": ("display", "none"),
    "drawing-page-properties": ("visibility", "hidden"),
}
_NO = {"0", "false"}


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
        self._style = ""
        self._hidden_styles: set[str] = set()

    def read(self, event: str, element: Element) -> None:
        name = _local_name(element)
        if event == "start" and name in SIGNS:
            self._writer.leave_out(SIGNS[name])
        if event == "start":
            self._note_style(name, element)
        if name in _ASIDE or self._is_hidden_part(name, element):
            self._aside += 1 if event == "start" else -1
            if event == "end":
                _forget(element)
        elif self._aside:
            return
        elif event == "start":
            self._start(name, element)
        else:
            self._end(name, element)

    def _note_style(self, name: str, element: Element) -> None:
        if name == "style":
            self._style = told(element, "name")
        elif name in _HIDING:
            property_, hiding = _HIDING[name]
            if told(element, property_) == hiding:
                self._hidden_styles.add(self._style)

    def _is_hidden_part(self, name: str, element: Element) -> bool:
        """Tell a section or a slide that is not shown, and say that there is one."""
        is_section = name == "section" and told(element, "display") == "none"
        is_slide = name == "sld" and element.get("show") in _NO
        is_slide |= name == "page" and self._has_hidden_style(element)
        if is_section or is_slide:
            self._writer.leave_out(HIDDEN_SLIDES if is_slide else HIDDEN_TEXT)
        return is_section or is_slide

    def _has_hidden_style(self, element: Element) -> bool:
        hidden = self._hidden_styles
        return bool(hidden) and told(element, "style-name") in hidden

    def _without_hidden(self, paragraph: Element) -> Element:
        """Take out the words that are not shown, and say that there are some."""
        for element in paragraph.iter():
            hidden = element if self._has_hidden_style(element) else None
            if _local_name(element) == "hidden-paragraph":
                hidden = paragraph if told(element, "is-hidden") == "true" else hidden
            if hidden is not None:
                if "".join(hidden.itertext()).strip():
                    self._writer.leave_out(HIDDEN_TEXT)
                _forget(hidden)
        return paragraph

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
            self._write(_words(self._without_hidden(element)))
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
