"""Files that leave the site: the sample, and the lines that were refused."""

import csv
import io
from collections.abc import Iterable, Sequence

from lms.core.workbooks import MEDIA_TYPE, new_sheet, new_workbook
from lms.schools.enrolments.columns import COLUMNS, REASON
from lms.schools.enrolments.tables import Line

MEDIA_TYPES = {
    "xlsx": MEDIA_TYPE,
    "csv": "text/csv; charset=utf-8",
}
SAMPLE = [
    [
        "Школа № 12",
        "Новосибирск",
        "Новосибирская область",
        "Опора",
        "Седова Анна Викторовна",
        "sedova@school12.example",
        "заместитель директора",
        "да",
        "",
    ],
    [
        "Школа № 12",
        "Новосибирск",
        "Новосибирская область",
        "Опора",
        "Орлов Олег Сергеевич",
        "orlov@school12.example",
        "учитель",
        "",
        "",
    ],
]
Rows = Sequence[Sequence[str]]


def sample(kind: str) -> bytes:
    """Return the file with which a list begins."""
    return _write([column.heading for column in COLUMNS], SAMPLE, kind)


def refused_lines(lines: Iterable[tuple[Line, str]], kind: str) -> bytes:
    """Return the refused lines with the reasons, to be corrected and uploaded."""
    headings = [*(column.heading for column in COLUMNS), REASON]
    rows = [
        [*(line.cells.get(column.key, "") for column in COLUMNS), reason]
        for line, reason in lines
    ]
    return _write(headings, rows, kind)


def _write(headings: Sequence[str], rows: Rows, kind: str) -> bytes:
    return _workbook(headings, rows) if kind == "xlsx" else _csv([headings, *rows])


def _workbook(headings: Sequence[str], rows: Rows) -> bytes:
    file = io.BytesIO()
    with new_workbook(file) as book:
        sheet = new_sheet(book, "Список")
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet.write_row(0, 0, headings, bold)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, column.width)
        if REASON in headings:
            sheet.set_column(len(COLUMNS), len(COLUMNS), 60)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)
    return file.getvalue()


def _csv(rows: Rows) -> bytes:
    """Write what Excel opens by a double click: a BOM tells it the encoding."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a name for a formula and running it."""
    return f"'{cell}" if cell[:1] in set("=+-@\t\r") else cell
