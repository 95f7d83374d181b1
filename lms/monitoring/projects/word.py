"""The three tables as a Word document that lies on its side."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Row

from lms.core.documents import bytes_of, new_document
from lms.core.fields import printable
from lms.monitoring.projects.tables import Table

# Between the margins.
WIDTH = 253
SMALL = Pt(9)


def word_project(title: str, about: Sequence[str], tables: Sequence[Table]) -> bytes:
    """Return a title, whose project it is, and every table under a heading."""
    document = new_document(title)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    document.add_paragraph(title, style="Title")
    for line in about:
        document.add_paragraph(printable(line))
    for table in tables:
        document.add_heading(table.title, level=1)
        if table.rows:
            _add_table(document, table)
        else:
            document.add_paragraph("Пока пусто.")
    return bytes_of(document)


def _add_table(document: WordDocument, table: Table) -> None:
    """Add a table whose head stands again on every page; no row breaks across two."""
    count = len(table.columns)
    grid = document.add_table(len(table.rows) + 1, count, style="Table Grid")
    grid.autofit = False
    for number, (line, row) in enumerate(
        zip([list(table.columns), *table.rows], grid.rows, strict=True)
    ):
        _mark(row, "w:cantSplit")
        if number == 0:
            _mark(row, "w:tblHeader")
        for cell in row.cells:
            cell.width = Mm(WIDTH / count)
        if len(line) == 1:
            row.cells[0].merge(row.cells[-1])
        for text, cell in zip(line, row.cells, strict=False):
            words = cell.paragraphs[0].add_run(printable(text))
            words.bold, words.font.size = number == 0 or len(line) == 1, SMALL
    document.add_paragraph()


def _mark(row: _Row, name: str) -> None:
    properties: Any = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(name))
