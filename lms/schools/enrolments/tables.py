"""From an uploaded file to lines of text: workbooks and CSV of every kind."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from lms.core.errors import RuleError
from lms.core.fields import printable
from lms.schools.enrolments import workbook
from lms.schools.enrolments.columns import TITLE_LINES, count_known, find_headings

LARGEST = 5 * 1024 * 1024
MOST_LINES = 10_000
SEPARATORS = ";,\t"
# How files begin: a zip (xlsx, ods) and the older format of Excel.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u00ad"))

TOO_LONG = "В списке больше 10 000 строк: разделите его на несколько."

Rows = list[list[str]]


@dataclass(frozen=True)
class Line:
    """One line of a list: its number as the spreadsheet shows it, and its cells."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """What was found in a file."""

    lines: list[Line]
    ignored: list[str]


def read_table(content: bytes) -> Table:
    """Read an uploaded list, or say what is wrong with the file as a whole."""
    if not content.strip():
        raise RuleError("Файл пустой.")
    if len(content) > LARGEST:
        raise RuleError("Файл больше 5 МБ: разделите список на несколько.")
    is_workbook = content.startswith(WORKBOOKS)
    rows = _read_workbook(content) if is_workbook else _read_csv(_decode(content))
    rows = [[_clean(cell) for cell in row] for row in rows]
    if len(rows) > MOST_LINES + TITLE_LINES:
        raise RuleError(TOO_LONG)
    first, headings = find_headings(rows)
    lines = [
        Line(number, headings.cells_of(row))
        for number, row in enumerate(rows[first + 1 :], start=first + 2)
        if any(row)
    ]
    if not lines:
        raise RuleError("Под заголовками нет ни одной строки с людьми.")
    if len(lines) > MOST_LINES:
        raise RuleError(TOO_LONG)
    return Table(lines, headings.ignored)


def _clean(cell: str) -> str:
    """Drop what nobody sees, and the sign that guards a cell from being a formula."""
    text = " ".join(printable(cell).translate(UNSEEN).split())
    return text[1:] if text[:1] == "'" and text[1:2] in set("=+-@") else text


def _read_workbook(content: bytes) -> Rows:
    """Return the first sheet that has headings, read by a process with limits."""
    longest = MOST_LINES + TITLE_LINES + 1
    try:
        # Our own interpreter and code; the list itself comes by the standard input.
        reader = subprocess.run(  # noqa: S603
            [sys.executable, "-P", str(Path(workbook.__file__)), str(longest)],
            input=content,
            capture_output=True,
            timeout=workbook.SECONDS,
            check=True,
        )
        sheets = json.loads(reader.stdout)
    except (subprocess.SubprocessError, ValueError):
        sheets = "too much"
    if isinstance(sheets, str):
        raise RuleError(_REFUSALS[sheets])
    for rows in sheets:
        if any(count_known(row) for row in rows[:TITLE_LINES]):
            return list(rows)
    return list(sheets[0]) if sheets else []


_REFUSALS = {
    "password": "Файл закрыт паролем. Снимите пароль и загрузите его снова.",
    "damaged": "Файл не открывается как таблица. Сохраните список как .xlsx или CSV.",
    "too much": (
        "Таблица в файле слишком велика, хотя сам файл мал: скорее всего, в ней"
        " заполнены далёкие ячейки. Скопируйте список в новый файл."
    ),
}


def _decode(content: bytes) -> str:
    """Return the text of a CSV file: UTF-8 or what Excel in Russia writes."""
    codes = ["utf-16"] if content.startswith(UTF_16) else ["utf-8-sig", "cp1251"]
    for code in codes:
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RuleError("Это не таблица. Загрузите список в формате .xlsx или CSV.")


def _read_csv(text: str) -> Rows:
    """Split the lines by the separator with which the headings make sense."""
    readings = [_split(text, separator) for separator in SEPARATORS]
    return max(readings, key=_best_headings)


def _split(text: str, separator: str) -> Rows:
    rows: Rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(row[: workbook.COLUMNS])
            if len(rows) > MOST_LINES + TITLE_LINES:
                break
    except csv.Error:
        return []
    return rows


def _best_headings(rows: Rows) -> int:
    return max((count_known(row) for row in rows[:TITLE_LINES]), default=0)
