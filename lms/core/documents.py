"""Word documents that leave the site: A4, real headings, one look."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable

from lms.core.fields import printable
from lms.core.tables import Table, spelled

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT, PINE = "Arial", "0F6B52"
SIZES = {"Normal": 11, "Title": 24, "Heading 1": 16, "Heading 2": 12}
# Between the margins of a page, in millimetres, as it stands and on its side.
UPRIGHT, ON_ITS_SIDE = 166, 253
SMALL = Pt(9)


def new_document(title: str) -> WordDocument:
    """Begin a document; a reader of screens hears its title in Russian."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    for name, size in SIZES.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(PINE)
    document.core_properties.title = title
    document.core_properties.language = "ru-RU"
    return document


def lay_on_its_side(section: Section) -> None:
    """Turn the pages of a section, for tables of many columns."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)


def lay_upright(section: Section) -> None:
    """Turn the pages of a section back."""
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)


def add_table(document: WordDocument, table: Table, width: int = UPRIGHT) -> None:
    """Add a table whose first row stands again on every page."""
    count = len(table.rows) + 1
    grid = document.add_table(count, len(table.columns), style="Table Grid")
    grid.autofit = False
    _repeat_head(grid)
    shares = table.columns.values()
    sizes = [Mm(width * share / sum(shares)) for share in shares]
    for number, (line, row) in enumerate(
        zip([list(table.columns), *table.rows], grid.rows, strict=True)
    ):
        for value, cell, size in zip(line, row.cells, sizes, strict=True):
            cell.width = size
            words = cell.paragraphs[0].add_run(printable(spelled(value)))
            words.bold, words.font.size = number == 0, SMALL
    document.add_paragraph()


def _repeat_head(grid: WordTable) -> None:
    first: Any = grid.rows[0]._tr
    first.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def word_tables(title: str, about: Sequence[str], tables: Sequence[Table]) -> bytes:
    """Return a document on its side: a title, lines about it, and headed tables."""
    document = new_document(title)
    lay_on_its_side(document.sections[0])
    document.add_paragraph(title, style="Title")
    for line in about:
        document.add_paragraph(printable(line))
    for table in tables:
        document.add_heading(table.title, level=1)
        if table.rows:
            add_table(document, table, ON_ITS_SIDE)
        else:
            document.add_paragraph("Пока пусто.")
    return bytes_of(document)


def bytes_of(document: WordDocument) -> bytes:
    """Return a document as the bytes of a .docx."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
