"""Attendance lists as services of meetings export them: their lines, as .csv and .xlsx.

Each tells the same: Седова was there for an hour, Орлов for half of it, a guest for a
quarter; the host was there all the time. In `meeting_lists` lines stand between cells.
"""

import csv
import io
from pathlib import Path

from xlsxwriter import Workbook

HERE = Path(__file__).parent / "meeting_lists"
# With which separator and in which encoding each writes its .csv.
SERVICES = {
    "zoom-now": (",", "utf-8-sig"),
    "zoom-russian": (",", "utf-8-sig"),
    "teams": ("\t", "utf-16"),
    "teams-with-stays": ("\t", "utf-16"),
    "teams-russian": ("\t", "utf-16"),
    "mts-link-long": (";", "utf-8-sig"),
    "tolk": (";", "utf-8-sig"),
    "jazz": (",", "utf-8"),
    "meet": (",", "utf-8"),
    "zoom": (",", "utf-8-sig"),
    "telemost": (";", "utf-8"),
    "mts-link": (";", "cp1251"),
}


def attendance_file(service, kind):
    """Return the list of a service as the bytes of a file."""
    separator, encoding = SERVICES[service]
    text = (HERE / f"{service}.txt").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines()]
    return as_workbook(rows) if kind == "xlsx" else as_csv(rows, separator, encoding)


def as_csv(rows, separator=";", encoding="utf-8"):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode(encoding)


def as_workbook(rows):
    file = io.BytesIO()
    with Workbook(file) as book:
        sheet = book.add_worksheet("Участники")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()
