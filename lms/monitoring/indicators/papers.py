"""Tables of figures as files: a workbook, and a document that lies on its side."""

import io
from collections.abc import Sequence

from lms.core.documents import (
    ON_ITS_SIDE,
    add_table,
    bytes_of,
    lay_on_its_side,
    new_document,
)
from lms.core.fields import printable
from lms.core.tables import Table
from lms.core.workbooks import new_workbook, write_table

HIDDEN = (
    "«<3» — меньше трёх человек; «скрыто» — иначе такое число можно было бы вычислить."
    " Точные числа видят школа и её координатор на странице школы."
)


def workbook_of(about: str, tables: Sequence[Table]) -> bytes:
    """Write each table on a sheet of its own; below it, what it is about."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        for table in tables:
            page = write_table(book, table)
            for row, words in enumerate((about, HIDDEN), len(table.rows) + 2):
                page.write(row, 0, words)
    return file.getvalue()


def document_of(about: str, table: Table) -> bytes:
    """Return a table under the name of its place and half-year."""
    document = new_document(about)
    lay_on_its_side(document.sections[0])
    document.add_paragraph(printable(about), style="Title")
    document.add_heading(table.title, level=1)
    add_table(document, table, ON_ITS_SIDE)
    document.add_paragraph(HIDDEN)
    return bytes_of(document)
