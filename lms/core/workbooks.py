"""Excel workbooks that leave the site."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lms.core.fields import printable

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
