"""The sheet as a workbook: the numbers first, then a sheet of rows for each."""

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lms.core.language import site_zone
from lms.core.workbooks import new_sheet, new_workbook
from lms.overview.timesheets.sheet import Sheet
from lms.overview.timesheets.tables import Table, Value, numbers_of, tables_of
from lms.overview.timesheets.wording import SIGNERS, TITLE, made_on

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

A4 = 9


def workbook_of(sheet: Sheet) -> bytes:
    """Write the numbers with room to sign, and the rows behind them."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        _write_numbers(book, sheet)
        for table in tables_of(sheet):
            _write_table(book, table)
    return file.getvalue()


def _write_numbers(book: "Workbook", sheet: Sheet) -> None:
    page = _new_page(book, TITLE)
    bold = book.add_format({"bold": True, "font_size": 14})
    cell = book.add_format({"border": 1, "align": "left"})
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 40)
    page.write(0, 0, f"{TITLE}, {sheet.month.label}", bold)
    page.write(1, 0, sheet.tutor.full_name)
    page.write(2, 0, made_on(sheet))
    row = 4
    for row, (name, value) in enumerate(numbers_of(sheet), 4):
        page.write(row, 0, name, cell)
        page.write(row, 1, value, cell)
    line = book.add_format({"bottom": 1})
    for place, signer in enumerate(SIGNERS):
        page.write(row + 3 + 2 * place, 0, f"{signer} (подпись, имя, дата)")
        page.write(row + 3 + 2 * place, 1, "", line)


def _write_table(book: "Workbook", table: Table) -> None:
    page = _new_page(book, table.title)
    page.set_landscape()
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    shape = {"border": 1, "text_wrap": True, "valign": "top"}
    head = book.add_format(shape | {"bold": True})
    cell = book.add_format(shape)
    moment = book.add_format(shape | {"num_format": "dd.mm.yyyy hh:mm"})
    for column, (name, width) in enumerate(table.columns.items()):
        page.set_column(column, column, width + 4)
        page.write(0, column, name, head)
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            look = moment if isinstance(value, datetime) else cell
            page.write(number, column, _as_excel_knows(value), look)


def _new_page(book: "Workbook", name: str) -> "Worksheet":
    page = new_sheet(book, name)
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&RСтраница &P из &N")
    return page


def _as_excel_knows(value: Value) -> Any:
    """Return a moment by the clock of the course, to a minute: cells know no zones."""
    if isinstance(value, datetime):
        local = value.astimezone(site_zone())
        return local.replace(second=0, microsecond=0, tzinfo=None)
    return value
