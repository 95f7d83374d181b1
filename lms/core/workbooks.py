"""Excel workbooks that leave the site."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lms.core.fields import printable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@contextmanager
def new_workbook(file: io.BytesIO) -> Iterator[xlsxwriter.Workbook]:
    """Write a workbook into `file`; what people typed stays text, never a formula."""
    with _Book(file, OPTIONS) as book:
        yield book


class _Book(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook in whose sheets `write` leaves out what no document may hold."""

    def add_worksheet(self, name: str | None = None) -> Worksheet:
        sheet = super().add_worksheet(name)
        sheet.add_write_handler(str, _write_printable)
        return sheet


def _write_printable(
    sheet: Worksheet, row: int, column: int, text: str, *look: Any
) -> int:
    written: int = sheet.write_string(row, column, printable(text), *look)
    return written
