"""The sheet as a workbook: the numbers first, then a sheet of rows for each."""

import io
from typing import TYPE_CHECKING

from lms.core.workbooks import new_page, new_workbook, write_table
from lms.overview.timesheets.sheet import Sheet
from lms.overview.timesheets.tables import numbers_of, tables_of
from lms.overview.timesheets.wording import SIGNERS, TITLE, made_on

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def workbook_of(sheet: Sheet) -> bytes:
    """Write the numbers with room to sign, and the rows behind them."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        _write_numbers(book, sheet)
        for table in tables_of(sheet):
            write_table(book, table)
    return file.getvalue()


def _write_numbers(book: "Workbook", sheet: Sheet) -> None:
    page = new_page(book, TITLE)
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
