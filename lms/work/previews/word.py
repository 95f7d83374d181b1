"""The words of a Word document, read through python-docx."""

import zipfile
from collections.abc import Iterator
from posixpath import normpath
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from lms.work.previews.excerpt import MAX_CELLS, Block, Writer
from lms.work.previews.hidden_words import HiddenStyles, is_on
from lms.work.previews.layouts import attributes_in
from lms.work.previews.left_out import HIDDEN_LINES, HIDDEN_TEXT, SIGNS, SYMBOLS

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT_BOX = qn("w:txbxContent")
_HIDDEN_ROW = f"{qn('w:trPr')}/{qn('w:hidden')}"
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# What wraps paragraphs, rows and cells: content controls, tracked insertions.
_WRAPPERS = {
    qn(f"w:{name}")
    for name in ("body", "sdt", "sdtContent", "customXml", "ins", "moveTo")
} | {_TEXT_BOX, f"{{{_COMPATIBLE}}}AlternateContent", f"{{{_COMPATIBLE}}}Choice"}
# The same text once more for older programs, and text that was moved elsewhere.
_DOUBLES = (
    f"{{{_COMPATIBLE}}}Fallback",
    qn("w:moveFrom"),
)
# Names as the stricter half of the standard has them, and as all programs do.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
}
_RELATIONS, _STYLES = "_rels/.rels", "word/styles.xml"


def read_word(archive: zipfile.ZipFile, writer: Writer) -> None:
    """Write the paragraphs and tables in their order.

    Only the main part is parsed: pictures and broken links beside it cost nothing.
    """
    root = _parsed(archive, _main_part(archive))
    for element in root.iter(*(f"{{*}}{name}" for name in SIGNS)):
        writer.leave_out(SIGNS[element.tag.rpartition("}")[2]])
    if root.find(f".//{qn('w:sym')}") is not None:
        writer.leave_out(SYMBOLS)
    _drop_hidden_words(archive, root, writer)
    _put_text_boxes_after_their_paragraphs(root)
    for element in _within(root, _PARAGRAPH, _TABLE):
        if element.tag == _TABLE:
            table = Block()
            for row in _within(element, _ROW):
                cells = _cells(row)
                if not is_on(row.find(_HIDDEN_ROW)):
                    writer.write_row(table, cells)
                elif any(cells):
                    writer.leave_out(HIDDEN_LINES)
        else:
            writer.write(_words(element))


def _main_part(archive: zipfile.ZipFile) -> str:
    """Return where the text lies: some programs call the part another name."""
    for _, link in attributes_in(archive, _RELATIONS, "Relationship"):
        if link.get("Type", "").endswith("/officeDocument"):
            return normpath(link.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _parsed(archive: zipfile.ZipFile, name: str) -> Any:
    content = archive.read(name)
    for strict, usual in _STRICT.items():
        content = content.replace(strict, usual)
    root = parse_xml(content)
    if root.getroottree().docinfo.doctype:
        raise ValueError("a document type has no business in a Word document")
    return root


def _drop_hidden_words(archive: zipfile.ZipFile, root: Any, writer: Writer) -> None:
    """Leave out what Word itself does not show, and say so."""
    has_styles = _STYLES in archive.NameToInfo
    styles = HiddenStyles(_parsed(archive, _STYLES) if has_styles else None)
    for run in list(root.iter(qn("w:r"))):
        if styles.hide(run):
            if run.text.strip():
                writer.leave_out(HIDDEN_TEXT)
            run.getparent().remove(run)


def _put_text_boxes_after_their_paragraphs(root: Any) -> None:
    for double in list(root.iter(*_DOUBLES)):
        double.getparent().remove(double)
    for box in reversed(list(root.iter(_TEXT_BOX))):
        paragraph = next(box.iterancestors(_PARAGRAPH), None)
        if paragraph is not None:
            paragraph.addnext(box)


def _within(container: Any, *tags: str) -> Iterator[Any]:
    """Yield the elements with these tags, also from the wrappers around them."""
    for child in container:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, *tags)


def _cells(row: Any) -> list[str]:
    """Return the texts of a row, each under its own column."""
    texts = [""] * _number(row, "w:trPr", "w:gridBefore")
    for cell in _within(row, _CELL):
        span = _number(cell, "w:tcPr", "w:gridSpan") or 1
        texts += [_cell(cell), *[""] * (span - 1)]
    return texts


def _number(element: Any, properties: str, name: str) -> int:
    """Return a number of columns among the properties of a row or a cell, 0 if none."""
    found = element.find(f"{qn(properties)}/{qn(name)}")
    told = found.get(qn("w:val"), "") if found is not None else ""
    return min(int(told), MAX_CELLS) if told.isdecimal() else 0


def _cell(cell: Any) -> str:
    return "\n".join(_words(paragraph) for paragraph in cell.iter(_PARAGRAPH))


def _words(paragraph: Any) -> str:
    """Return what a reader sees of a paragraph: no codes of fields, but formulas."""
    parts = paragraph.iter(qn("w:r"), qn("m:t"))
    return "".join(part.text or "" for part in parts)
