"""What was found in an uploaded file: lines of cells, and what its columns are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lms.core.errors import RuleError
from lms.core.fields import one_line
from lms.schools.enrolments.columns import COLUMNS, FOR_ALL
from lms.schools.enrolments.files import MOST_LINES, read_rows
from lms.schools.enrolments.headings import (
    TITLE_LINES,
    Headings,
    find_headings,
    missing_from,
    unneeded,
)
from lms.schools.teams.models import Position

LARGEST = 5 * 1024 * 1024
TOO_LONG = "В списке больше 10 000 строк: разделите его на несколько."
WHAT_TO_DO = "Проверьте, тот ли это файл, или возьмите образец."
# What to write in a column that a list does not have.
CELLS = {
    "school": "название школы",
    "municipality": "город или посёлок",
    "team": "название команды, новая появится сама",
    "full_name": "фамилия, имя и отчество",
    "email": "личный адрес человека",
    "position": ", ".join(position.value for position in Position),
}
TOTALS = ("итого", "всего")


@dataclass(frozen=True)
class Line:
    """One line of a list: its number as the spreadsheet shows it, and its cells."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The lines of a file that say something, with their numbers, and its columns."""

    rows: list[tuple[int, list[str]]]
    headings: Headings

    @cached_property
    def lines(self) -> list[Line]:
        return lines_of(self.rows, self.headings.line, self.headings.places)

    @property
    def ignored(self) -> list[str]:
        """The headings that the site does not need."""
        line = self.headings.line
        row = next((row for number, row in self.rows if number == line), [])
        return unneeded(row, self.headings.places)


def read_table(content: bytes) -> Table:
    """Read an uploaded list, or say what is wrong with the file as a whole."""
    if not content.strip():
        raise RuleError("Файл пустой.")
    if len(content) > LARGEST:
        raise RuleError("Файл больше 5 МБ: разделите список на несколько.")
    rows = [[clean_cell(cell) for cell in row] for row in read_rows(content)]
    if len(rows) > MOST_LINES + TITLE_LINES:
        raise RuleError(TOO_LONG)
    headings = find_headings(rows)
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    below = [row for number, row in numbered if number > headings.line]
    if not below:
        raise RuleError("Под заголовками нет ни одной строки с людьми.")
    if len(below) > MOST_LINES:
        raise RuleError(TOO_LONG)
    if not _can_be_answered(headings, below):
        raise RuleError(" ".join([*headings.questions, _advice(headings), WHAT_TO_DO]))
    return Table(numbered, headings)


def lines_of(
    rows: Iterable[tuple[int, Sequence[str]]],
    header: int,
    places: Mapping[str, list[int]],
    for_all: Mapping[str, str] | None = None,
) -> list[Line]:
    """Return the lines below the headings, with each cell by the key of its column.

    `for_all` is what is the same in all lines and stands in none of them.
    """
    keys = [(column.key, places.get(column.key, [])) for column in COLUMNS]
    lines = []
    for number, row in rows:
        if number <= header or _is_total(row):
            continue
        cells = {
            key: " ".join(row[place] for place in at if place < len(row)).strip()
            for key, at in keys
        }
        if any(cells.values()):
            lines.append(Line(number, cells | dict(for_all or {})))
    return lines


def _advice(headings: Headings) -> str:
    """Say which columns to add, and what to write in them in every line."""
    columns = [
        f"«{column.heading}» ({CELLS[column.key]})"
        for column in COLUMNS
        if column.is_required and column.key not in headings.places
    ]
    return f"Добавьте столбцы и заполните в каждой строке: {'; '.join(columns)}."


def _can_be_answered(headings: Headings, below: Sequence[Sequence[str]]) -> bool:
    """Tell whether enough columns are left for those that were not found.

    Where there are addresses, it is a list of people, and the rest may be one for all.
    """
    taken = {place for several in headings.places.values() for place in several}
    filled = {place for row in below for place, cell in enumerate(row) if cell}
    has_people = any("@" in cell for row in below for cell in row)
    said = [*headings.places, *(FOR_ALL if has_people else ())]
    return len(missing_from(said)) <= len(filled - taken)


def _is_total(row: Sequence[str]) -> bool:
    """Tell a line that sums up the list: «Итого: 25», without an address."""
    first = next((cell for cell in row if cell), "").casefold()
    return first.startswith(TOTALS) and not any("@" in cell for cell in row)


def clean_cell(cell: str) -> str:
    """Drop what nobody sees, and the sign that guards a cell from being a formula."""
    if not cell or (cell.isascii() and cell.isalnum()):
        return cell
    text = one_line(cell)
    return text[1:] if text[:1] == "'" and text[1:2] in set("=+-@") else text
