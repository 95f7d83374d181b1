"""A list of partners in a file: read like the lists of people, and looked at first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lms.core.errors import RuleError
from lms.core.search import fold
from lms.network.partners.hints import Hint
from lms.network.partners.models import PartnerKind
from lms.schools.enrolments.columns import plain
from lms.schools.enrolments.files import read_rows
from lms.schools.enrolments.tables import LARGEST, clean_cell

MOST = 200
# How headings begin or what they hold; the first that fits decides.
SIGNS = [
    ("kind", r"^кто это|^вид|^тип|категор"),
    ("person", r"с кем говорить|контактн\w+ лицо|представител|^фио|директор"),
    ("contact", r"как связаться|телефон|почт|контакт|e ?mail"),
    ("wants", r"нужно|ожида|взамен|просит|получает"),
    ("gives", r"да[её]т|ресурс|помощь|предлагает|чем полез"),
    ("name", r"партн[её]р|организац|название|наименование|учрежден|partner|name"),
]
KNOWN = [(key, re.compile(sign)) for key, sign in SIGNS]
LONGEST_HEADING = 80
KINDS = {fold(kind.value): kind for kind in PartnerKind}
NO_HEADINGS = (
    "В файле не нашлась строка с заголовками столбцов. Нужен столбец «Партнёр» и хотя"
    " бы один из: «Кто это», «Что даёт», «Что нужно ему», «С кем говорить»."
)


@dataclass(frozen=True)
class Listed:
    """A line of a list: its number as the spreadsheet shows it, and what it says."""

    number: int
    cells: dict[str, str]

    @property
    def name(self) -> str:
        return self.cells.get("name", "")

    @property
    def kind(self) -> PartnerKind | None:
        """Return what the line says the partner is, or what the name lets one guess."""
        said = KINDS.get(fold(self.cells.get("kind", "")))
        return said or Hint(self.name, self.name).kind


def read_partners(content: bytes) -> list[Listed]:
    """Read an uploaded list, or say what is wrong with the file as a whole."""
    if not content.strip():
        raise RuleError("Файл пустой.")
    if len(content) > LARGEST:
        raise RuleError("Файл больше 5 МБ: это не список партнёров.")
    found = read_rows(content, count_columns, whole=False)
    rows = [[clean_cell(cell) for cell in row] for row in found]
    head = next((n for n, row in enumerate(rows) if _is_heading(row)), None)
    if head is None:
        raise RuleError(NO_HEADINGS)
    places = _places_in(rows[head])
    lines = [
        Listed(number, _cells(row, places))
        for number, row in enumerate(rows[head + 1 :], start=head + 2)
    ]
    lines = [line for line in lines if any(line.cells.values())]
    if not lines:
        raise RuleError("Под заголовками нет ни одной строки с партнёрами.")
    if len(lines) > MOST:
        raise RuleError(f"В списке больше {MOST} партнёров: разделите его.")
    return lines


def count_columns(row: Sequence[str]) -> int:
    """Tell how many columns of a line are understood."""
    return len(_places_in(row))


def _is_heading(row: Sequence[str]) -> bool:
    places = _places_in(row)
    return "name" in places and len(places) > 1


def _places_in(row: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, heading in enumerate(row):
        if key := _key_of(heading):
            places.setdefault(key, place)
    return places


def _key_of(heading: str) -> str | None:
    if not heading or len(heading) > LONGEST_HEADING:
        return None
    text = plain(heading)
    return next((key for key, sign in KNOWN if sign.search(text)), None)


def _cells(row: Sequence[str], places: dict[str, int]) -> dict[str, str]:
    return {key: row[at] for key, at in places.items() if at < len(row)}
