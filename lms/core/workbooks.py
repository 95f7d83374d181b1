"""Excel workbooks that leave the site."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import xlsxwriter

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
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        yield book
