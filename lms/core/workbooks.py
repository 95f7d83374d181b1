"""Excel workbooks that leave the site."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from lms.core.fields import printable
from lms.core.language import site_zone
from lms.core.tables import Table, Value

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


A4 = 9


@contextmanager
def new_workbook(file: io.BytesIO) -> Iterator["Workbook"]:
    """Write a workbook into `file`; what people typed stays text, never a formula."""
    from xlsxwriter import Workbook

    with Workbook(file, OPTIONS) as book:
        yield book


def new_sheet(book: "Workbook", name: str) -> "Worksheet":
    """Add a sheet in which `write` leaves out what no document may hold."""
    sheet = book.add_worksheet(name)
    sheet.add_write_handler(str, _write_printable)
    return sheet


def _write_printable(
    sheet: "Worksheet", row: int, column: int, text: str, *look: Any
) -> int:
    written: int = sheet.write_string(row, column, printable(text), *look)
    return written


def new_page(book: "Workbook", name: str) -> "Worksheet":
    """Add a sheet that is as wide as a page when it is printed."""
    page = new_sheet(book, name)
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&RСтраница &P из &N")
    return page


def write_table(book: "Workbook", table: Table) -> "Worksheet":
    """Write a table into a sheet of its name; its head stands on every page."""
    page = new_page(book, table.title)
    page.set_landscape()
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    put_table(book, page, table)
    return page


def workbook_of(tables: Sequence[Table]) -> bytes:
    """Return tables as a workbook, a sheet each."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        for table in tables:
            write_table(book, table)
    return file.getvalue()


def put_table(
    book: "Workbook", page: "Worksheet", table: Table, *, top: int = 0
) -> int:
    """Write a table from a row of a sheet on; return the row that is free after it."""
    shape = {"border": 1, "text_wrap": True, "valign": "top"}
    head = book.add_format(shape | {"bold": True})
    cell = book.add_format(shape)
    moment = book.add_format(shape | {"num_format": "dd.mm.yyyy hh:mm"})
    day = book.add_format(shape | {"num_format": "dd.mm.yyyy", "align": "left"})
    looks: dict[type, Any] = {datetime: moment, date: day}
    for column, (name, width) in enumerate(table.columns.items()):
        page.set_column(column, column, width + 4)
        page.write(top, column, name, head)
    for number, row in enumerate(table.rows, top + 1):
        for column, value in enumerate(row):
            look = looks.get(type(value), cell)
            page.write(number, column, _as_excel_knows(value), look)
    return top + len(table.rows) + 1


def _as_excel_knows(value: Value) -> Any:
    """Return a moment by the clock of the course, to a minute: cells know no zones."""
    if isinstance(value, datetime):
        local = value.astimezone(site_zone())
        return local.replace(second=0, microsecond=0, tzinfo=None)
    return value
