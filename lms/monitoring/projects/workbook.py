"""The three tables as a workbook, a sheet each."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lms.core.workbooks import new_sheet, new_workbook
from lms.monitoring.projects.tables import Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook

A4, WIDTH = 9, 42


def workbook_of(tables: Sequence[Table]) -> bytes:
    """Return the tables; their heads stay in sight and stand on every printed page."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        for table in tables:
            _write_table(book, table)
    return file.getvalue()


def _write_table(book: "Workbook", table: Table) -> None:
    page = new_sheet(book, table.title)
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    shape = {"border": 1, "text_wrap": True, "valign": "top"}
    head, cell = book.add_format(shape | {"bold": True}), book.add_format(shape)
    for column, name in enumerate(table.columns):
        page.set_column(column, column, WIDTH)
        page.write(0, column, name, head)
    for number, row in enumerate(table.rows, 1):
        look = head if len(row) == 1 else cell
        for column, text in enumerate(row):
            page.write(number, column, text, look)
