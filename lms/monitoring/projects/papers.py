"""The three tables as files: a Word document that lies on its side, a workbook."""

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


def word_project(title: str, about: Sequence[str], tables: Sequence[Table]) -> bytes:
    """Return a title, whose project it is, and every table under a heading."""
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


def workbook_of(tables: Sequence[Table]) -> bytes:
    """Return the tables, a sheet each."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        for table in tables:
            write_table(book, table)
    return file.getvalue()
