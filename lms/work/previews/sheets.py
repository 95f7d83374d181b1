"""The cells of a spreadsheet of Excel (xlsx, xls), read through python-calamine."""

from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from lms.course.content.containers import open_archive
from lms.work.previews.excerpt import Block, LockedError, Writer, without_empty_end
from lms.work.previews.layouts import Layouts, SheetLayout
from lms.work.previews.left_out import (
    HIDDEN_COLUMNS,
    HIDDEN_LINES,
    HIDDEN_SHEETS,
    note_parts,
)
from lms.work.previews.number_formats import shown


def read_sheets(file: BinaryIO, writer: Writer, *, has_layouts: bool) -> None:
    """Write a table for each sheet that is to be seen and has something in it.

    The reader tells which numbers are days and hours. What else a format shows, and
    what is hidden, is told by the layouts; there are none in files before 2007.
    """
    layouts = None
    if has_layouts:
        archive = open_archive(file)
        note_parts(archive, writer)
        layouts = Layouts(archive)
    file.seek(0)
    try:
        with CalamineWorkbook.from_filelike(file) as workbook:
            for told in workbook.sheets_metadata:
                sheet = workbook.get_sheet_by_name(told.name)
                if told.visible is not SheetVisibleEnum.Visible:
                    writer.leave_out(HIDDEN_SHEETS)
                else:
                    layout = layouts.of(told.name) if layouts else SheetLayout()
                    _write_sheet(sheet, layout, writer)
    except PasswordError:
        raise LockedError from None
    except CalamineError as error:
        raise ValueError("not a whole workbook") from error


def _write_sheet(sheet: CalamineSheet, layout: SheetLayout, writer: Writer) -> None:
    table = Block()
    _, first = sheet.start or (0, 0)
    for number, row in enumerate(sheet.iter_rows()):
        line = layout.line(number)
        if line.is_hidden:
            if any(cell != "" for cell in row):
                writer.leave_out(HIDDEN_LINES)
            continue
        cells = []
        for column, cell in enumerate(row, start=first):
            if column not in layout.hidden_columns:
                cells.append(shown(cell, line.codes.get(column, "")))
            elif cell != "":
                writer.leave_out(HIDDEN_COLUMNS)
        writer.write_row(table, without_empty_end(cells))
