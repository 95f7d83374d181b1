"""Reads a workbook in a process of its own, and knows nothing of the site.

A small file can ask for more memory than the machine has, and the library then ends
the whole process. So it runs in the child of `lms.core.sandbox`, with limits.
"""

import base64
import datetime
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

COLUMNS, SHEETS = 100, 10
# Thirty filled cells in each line of the longest list, and what people write in them.
MOST_CELLS, MOST_SIGNS = 300_000, 5_000_000
# Names inside other office files, and what such a file is.
OTHERS = {"word/": "Word", "ppt/": "PowerPoint"}
WORD_STREAM = "WordDocument".encode("utf-16-le")

Rows = list[list[str]]


@dataclass(frozen=True)
class Workbook:
    """The lines of every sheet that is not hidden, or why there are none."""

    sheets: list[tuple[str, Rows]]
    refusal: str = ""


def read_workbook(content: str, longest: int) -> Workbook:
    """Read a workbook in base64: at most `longest` lines of every sheet."""
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetVisibleEnum,
    )

    file = base64.b64decode(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(file)) as workbook:
            names = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible is SheetVisibleEnum.Visible
            ]
            sheets = [workbook.get_sheet_by_name(name) for name in names[:SHEETS]]
            read = [(s.name, _rows_of(s, longest)) for s in sheets]
    except PasswordError:
        return Workbook([], "password")
    except (CalamineError, OSError, ValueError):
        return Workbook([], _what_else(file))
    cells = [cell for _, rows in read for row in rows for cell in row if cell]
    if len(cells) > MOST_CELLS or sum(map(len, cells)) > MOST_SIGNS:
        return Workbook([], "too much")
    return Workbook(read)


def _rows_of(sheet: "CalamineSheet", longest: int) -> Rows:
    """Return the lines; what a merged cell says stands in each of its lines."""
    rows = [
        [text_of(cell) for cell in row[:COLUMNS]]
        for row in sheet.to_python(skip_empty_area=False, nrows=longest)
    ]
    for (first, place), (last, _) in sheet.merged_cell_ranges or []:
        if first < len(rows) and place < len(rows[first]):
            for row in rows[first + 1 : last + 1]:
                row[place] = rows[first][place]
    return rows


def text_of(cell: object) -> str:
    """Return a cell as a person sees it: 12, not 12.0."""
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() != datetime.time():
        return cell.strftime("%d.%m.%Y %H:%M:%S")
    if isinstance(cell, datetime.date):
        return cell.strftime("%d.%m.%Y")
    return str(cell)


def _what_else(file: bytes) -> str:
    """Tell what a file is that only looks like a workbook."""
    if WORD_STREAM in file:
        return "Word"
    try:
        names = zipfile.ZipFile(io.BytesIO(file)).namelist()
    except (zipfile.BadZipFile, ValueError):
        return "damaged"
    for folder, kind in OTHERS.items():
        if any(name.startswith(folder) for name in names):
            return kind
    return "damaged" if "[Content_Types].xml" in names else "archive"
