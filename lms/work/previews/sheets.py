"""The cells of a spreadsheet (xlsx, xls, ods), read through python-calamine."""

from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
)

from lms.work.previews.excerpt import Block, LockedError, Writer


def read_sheets(file: BinaryIO, writer: Writer) -> None:
    """Write a table for each sheet that has something in it."""
    try:
        with CalamineWorkbook.from_filelike(file) as workbook:
            for name in workbook.sheet_names:
                _write_sheet(workbook.get_sheet_by_name(name), writer)
    except PasswordError:
        raise LockedError from None
    except CalamineError as error:
        raise ValueError("not a whole workbook") from error


def _write_sheet(sheet: CalamineSheet, writer: Writer) -> None:
    table = Block()
    for row in sheet.iter_rows():
        cells = [shown(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        writer.write_row(table, cells)


def shown(cell: object) -> str:
    """Return a cell as a Russian spreadsheet shows it when its format is a plain one.

    The reader tells which numbers are days and hours, but no other formats.
    """
    if isinstance(cell, bool):
        return "ИСТИНА" if cell else "ЛОЖЬ"
    if isinstance(cell, int | float):
        whole = float(cell).is_integer() and abs(cell) < 1e15
        return str(int(cell)) if whole else f"{cell:.11g}".replace(".", ",")
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(cell, datetime) and cell.time() != time():
        return f"{cell:%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell)
