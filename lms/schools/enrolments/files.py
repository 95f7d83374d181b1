"""From an uploaded file to lines of cells: what it is, its encoding, its separator."""

import base64
import csv
import io
import threading
from collections.abc import Callable, Iterator, Sequence

from lms.core.errors import RuleError
from lms.core.sandbox import BusyError, Sandbox, TangledError
from lms.schools.enrolments.headings import (
    ENOUGH_TO_BE_HEADINGS,
    TITLE_LINES,
    count_known,
)
from lms.schools.enrolments.workbook import (
    COLUMNS,
    MOST_CELLS,
    Rows,
    Workbook,
    read_workbook,
)

MOST_LINES = 10_000
LONGEST = MOST_LINES + TITLE_LINES + 1
SEPARATORS = ";,\t"
# How much a line says as the headings of a list.
Count = Callable[[Sequence[str]], int]
MEMORY, SECONDS = 1024 * 1024 * 1024, 20
# Lists that one process of the site reads at once; nobody's page waits longer.
CHILDREN, PATIENCE = threading.BoundedSemaphore(1), 3.0
# Enough of a file to see how it is written.
GLANCE = 20_000
# More separators inside a cell than an address has: lines have at least so many.
ENOUGH_TO_BE_A_LINE = 4
# How files begin: a zip (xlsx, ods) and the older format of Excel.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# Windows, DOS, Mac and old Unix; the one in which the file speaks Russian is right.
CODES = ("cp1251", "cp866", "mac_cyrillic", "koi8_r")
RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯ")
CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\v\f\r\x1f")

BUSY = "Сайт сейчас читает другую таблицу. Загрузите этот файл ещё раз через минуту."
NO_TABLE = "Это не таблица. Загрузите список в формате .xlsx или CSV."
ONE_SHEET = (
    "Соберите всех на одном листе или сохраните каждый лист отдельным файлом,"
    " а ненужные скройте."
)
SAVE_AS = "сохраните список как .xlsx"
REFUSALS = {
    "password": "Файл закрыт паролем. Снимите пароль и загрузите его снова.",
    "damaged": "Файл не открывается как таблица. Сохраните список как .xlsx или CSV.",
    "too much": (
        "Таблица в файле слишком велика, хотя сам файл мал: скорее всего, в ней"
        " заполнены далёкие ячейки. Скопируйте список в новый файл."
    ),
    "Word": (
        "Это документ Word, а не таблица. Скопируйте таблицу из него в Excel и"
        f" {SAVE_AS}."
    ),
    "PowerPoint": f"Это презентация, а не таблица: {SAVE_AS}.",
    "archive": "Это архив. Распакуйте его и загрузите саму таблицу.",
}
# What a file begins with and is, whatever its name says.
OTHER_BEGINNINGS = {
    b"%PDF": f"Это документ PDF, а не таблица: {SAVE_AS}.",
    b"{\\rtf": REFUSALS["Word"],
    b"Rar!": REFUSALS["archive"],
    b"7z\xbc\xaf": REFUSALS["archive"],
}
WEB_PAGE = (
    "Это веб-страница, хотя файл назван таблицей: откройте его в Excel и"
    f" {SAVE_AS} или CSV."
)
XML = f"Это таблица в старом виде XML: откройте её в Excel и {SAVE_AS}."


def read_rows(
    content: bytes, count: Count = count_known, *, whole: bool = True
) -> Rows:
    """Return the lines of a list, or say what the file is instead.

    `count` tells how much a line says as headings; people on several sheets are
    refused, unless one sheet need not be the `whole` list.
    """
    if content.startswith(WORKBOOKS):
        return _read_sheet(content, count, whole=whole)
    for beginning, refusal in OTHER_BEGINNINGS.items():
        if content.startswith(beginning):
            raise RuleError(refusal)
    return _read_csv(_decode(content, count), count)


def _read_sheet(content: bytes, count: Count, *, whole: bool) -> Rows:
    """Return the sheet whose headings say most; refuse people on several sheets."""
    encoded = base64.b64encode(content).decode()
    try:
        with Sandbox(
            memory=MEMORY, cpu_seconds=SECONDS, places=CHILDREN, patience=PATIENCE
        ) as sandbox:
            answer = sandbox.call(
                read_workbook, seconds=SECONDS, content=encoded, longest=LONGEST
            )
    except BusyError:
        raise RuleError(BUSY) from None
    except TangledError:
        answer = {"sheets": [], "refusal": "too much"}
    workbook = Workbook(**answer)
    if workbook.refusal:
        raise RuleError(REFUSALS[workbook.refusal])
    filled = [rows for _, rows in workbook.sheets if any(map(any, rows))]
    lists = [f"«{name}»" for name, rows in workbook.sheets if _is_list(rows, count)]
    if whole and len(lists) > 1:
        raise RuleError(f"Люди на нескольких листах: {', '.join(lists)}. {ONE_SHEET}")
    return max(filled, key=lambda rows: _best_headings(rows, count), default=[])


def _is_list(rows: Rows, count: Count) -> bool:
    """Tell a sheet with people from one with explanations: headings, then addresses."""
    has_people = any("@" in cell for row in rows for cell in row)
    return has_people and _best_headings(rows, count) >= ENOUGH_TO_BE_HEADINGS


def _decode(content: bytes, count: Count) -> str:
    """Return the text of a CSV file, in whichever encoding a program wrote it."""
    if content.startswith(UTF_16):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            texts = _readings(content)
            text = max(texts, key=lambda one: _is_russian(one, count), default="\0")
    if CONTROLS & set(text[:GLANCE]) or "\0" in text:
        raise RuleError(NO_TABLE)
    beginning = text[:GLANCE].lstrip().casefold()
    if beginning.startswith("<?xml") and "spreadsheet" in beginning:
        raise RuleError(XML)
    if beginning.startswith("<") and ("<html" in beginning or "<table" in beginning):
        raise RuleError(WEB_PAGE)
    return text


def _readings(content: bytes) -> Iterator[str]:
    for code in CODES:
        try:
            yield content.decode(code)
        except UnicodeDecodeError:
            continue


def _is_russian(text: str, count: Count) -> tuple[int, int]:
    """Measure how well a text reads: by its headings, then by its letters."""
    start = text[:GLANCE]
    glances = [_glance(text, mark) for mark in SEPARATORS]
    headings = max(_best_headings(rows, count) for rows in glances)
    return headings, sum(letter in RUSSIAN for letter in start)


def _read_csv(text: str, count: Count) -> Rows:
    """Split the lines by the separator with which the headings make sense."""
    glances = {mark: _glance(text, mark) for mark in SEPARATORS}
    separator = max(SEPARATORS, key=lambda mark: _rank(glances[mark], count))
    rows: Rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begins, cells = 1, 0
    try:
        for row in reader:
            _check_quotes(row, separator, begins)
            rows.append(row[:COLUMNS])
            begins = reader.line_num + 1
            cells += sum(map(bool, rows[-1]))
            if cells > MOST_CELLS:
                raise RuleError(REFUSALS["too much"])
            if len(rows) == LONGEST:
                break
    except csv.Error:
        raise RuleError(_open_quote(begins)) from None
    return rows


def _check_quotes(row: list[str], separator: str, line: int) -> None:
    """Refuse a cell that has swallowed whole lines, as an open quote makes it."""
    for cell in row:
        swallowed = cell.splitlines()[1:]
        if any(part.count(separator) >= ENOUGH_TO_BE_A_LINE for part in swallowed):
            raise RuleError(_open_quote(line))


def _open_quote(line: int) -> str:
    return (
        f"Со строки {line} файл слипается в одну ячейку: похоже, в этой строке открыта"
        ' кавычка ", которая нигде не закрыта. Уберите её и загрузите файл снова.'
    )


def _glance(text: str, separator: str) -> Rows:
    """Split the first lines only; whatever is cut there does not matter."""
    start = io.StringIO(text[:GLANCE], newline="")
    rows: Rows = []
    try:
        for row in csv.reader(start, delimiter=separator):
            rows.append(row[:COLUMNS])
            if len(rows) == TITLE_LINES:
                break
    except csv.Error:
        return []
    return rows


def _rank(rows: Rows, count: Count) -> tuple[int, int]:
    """Measure a separator: by the headings, then by the width of the lines."""
    return _best_headings(rows, count), max(map(len, rows), default=0)


def _best_headings(rows: Rows, count: Count) -> int:
    return max((count(row) for row in rows[:TITLE_LINES]), default=0)
