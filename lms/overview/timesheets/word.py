"""The sheet as a Word document that is printed and signed."""

from datetime import datetime
from typing import Any

from babel.numbers import format_decimal
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table as WordTable

from lms.core.documents import bytes_of, new_document
from lms.core.fields import printable
from lms.core.language import RU
from lms.overview.timesheets.sheet import Sheet
from lms.overview.timesheets.tables import Table, Value, numbers_of, stamp, tables_of
from lms.overview.timesheets.wording import SIGNERS, TITLE, made_on

# Between the margins of a page that lies on its side.
WIDTH = 253
SMALL = Pt(9)


def word_sheet(sheet: Sheet) -> bytes:
    """Return the numbers, the rows behind them, and lines to sign."""
    title = f"{TITLE}, {sheet.month.label}"
    document = new_document(title)
    _lay_on_its_side(document)
    document.add_paragraph(title, style="Title")
    document.add_paragraph(printable(sheet.tutor.full_name))
    document.add_paragraph(made_on(sheet))
    document.add_heading("Итоги", level=1)
    _add_table(document, Table("", {"Что": 40, "Сколько": 20}, numbers_of(sheet)), 120)
    for table in tables_of(sheet):
        document.add_heading(table.title, level=1)
        _add_table(document, table, WIDTH)
    _add_signatures(document)
    return bytes_of(document)


def _lay_on_its_side(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)


def _add_table(document: WordDocument, table: Table, width: int) -> None:
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
            words = cell.paragraphs[0].add_run(_spelled(value))
            words.bold, words.font.size = number == 0, SMALL
    document.add_paragraph()


def _repeat_head(grid: WordTable) -> None:
    first: Any = grid.rows[0]._tr
    first.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _add_signatures(document: WordDocument) -> None:
    for signer in SIGNERS:
        line = document.add_paragraph(f"{signer}\t\t\t")
        line.paragraph_format.keep_together = True
        line.paragraph_format.space_before = Mm(8)
        stops = line.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(35))
        stops.add_tab_stop(Mm(110), leader=WD_TAB_LEADER.LINES)
        stops.add_tab_stop(Mm(200), leader=WD_TAB_LEADER.LINES)


def _spelled(value: Value) -> str:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, float):
        return format_decimal(value, locale=RU)
    return printable(str(value))
