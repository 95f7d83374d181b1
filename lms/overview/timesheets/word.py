"""The sheet as a Word document that is printed and signed."""

from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_LEADER
from docx.shared import Mm

from lms.core.documents import (
    ON_ITS_SIDE,
    add_table,
    bytes_of,
    lay_on_its_side,
    new_document,
)
from lms.core.fields import printable
from lms.core.tables import Table
from lms.overview.timesheets.sheet import Sheet
from lms.overview.timesheets.tables import numbers_of, tables_of
from lms.overview.timesheets.wording import SIGNERS, TITLE, made_on


def word_sheet(sheet: Sheet) -> bytes:
    """Return the numbers, the rows behind them, and lines to sign."""
    title = f"{TITLE}, {sheet.month.label}"
    document = new_document(title)
    lay_on_its_side(document.sections[0])
    document.add_paragraph(title, style="Title")
    document.add_paragraph(printable(sheet.tutor.full_name))
    document.add_paragraph(made_on(sheet))
    document.add_heading("Итоги", level=1)
    add_table(document, Table("", {"Что": 40, "Сколько": 20}, numbers_of(sheet)), 120)
    for table in tables_of(sheet):
        document.add_heading(table.title, level=1)
        add_table(document, table, ON_ITS_SIDE)
    _add_signatures(document)
    return bytes_of(document)


def _add_signatures(document: WordDocument) -> None:
    for signer in SIGNERS:
        line = document.add_paragraph(f"{signer}\t\t\t")
        line.paragraph_format.keep_together = True
        line.paragraph_format.space_before = Mm(8)
        stops = line.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(35))
        stops.add_tab_stop(Mm(110), leader=WD_TAB_LEADER.LINES)
        stops.add_tab_stop(Mm(200), leader=WD_TAB_LEADER.LINES)
