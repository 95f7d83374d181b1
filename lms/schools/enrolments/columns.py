"""The columns of a list: what they are called, and how people call them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lms.core.errors import RuleError
from lms.core.search import fold

ENOUGH_TO_BE_HEADINGS = 3
TITLE_LINES = 20


class Column(NamedTuple):
    """A column that the site understands."""

    key: str
    heading: str
    width: int
    longest: int
    is_required: bool
    other_names: str


COLUMNS = [
    Column(
        "school",
        "Школа",
        28,
        200,
        True,
        "название школы|наименование школы|образовательная организация|оо"
        "|организация|учреждение|school|school name",
    ),
    Column(
        "municipality",
        "Населённый пункт",
        22,
        120,
        True,
        "муниципалитет|муниципальное образование|город|район|город район"
        "|municipality|city|town",
    ),
    Column(
        "region", "Регион", 22, 120, False, "область|край|субъект|субъект рф|region"
    ),
    Column(
        "team",
        "Команда",
        18,
        120,
        True,
        "название команды|школьная команда|team|team name",
    ),
    Column(
        "full_name",
        "Фамилия, имя, отчество",
        32,
        200,
        True,
        "фио|ф и о|полное имя|имя|участник|фамилия имя|full name|name|person",
    ),
    Column(
        "email",
        "Почта",
        26,
        254,
        True,
        "электронная почта|эл почта|адрес почты|адрес электронной почты|мейл|email"
        "|e mail|mail",
    ),
    Column(
        "position",
        "Кто для школы",
        24,
        120,
        True,
        "кто вы для школы|кем приходится школе|должность|роль|статус|position|role",
    ),
    Column("captain", "Капитан", 10, 40, False, "капитан команды|captain|is captain"),
]
# Stands in the files with refused lines; when they come back it is not needed.
REASON = "Что исправить"


@dataclass(frozen=True)
class Headings:
    """Where each column stands, and which ones the site does not need."""

    places: dict[str, int]
    ignored: list[str]

    def cells_of(self, row: Sequence[str]) -> dict[str, str]:
        """Return the cells of a line by the key of their column."""
        return {
            key: row[place] if place < len(row) else ""
            for key, place in self.places.items()
        }


def find_headings(rows: Sequence[Sequence[str]]) -> tuple[int, Headings]:
    """Return the line with the headings and what it says.

    People put a title above their table, so the first lines are searched.
    """
    for line, row in enumerate(rows[:TITLE_LINES]):
        if count_known(row) >= ENOUGH_TO_BE_HEADINGS:
            return line, _read_headings(row)
    headings = ", ".join(f"«{c.heading}»" for c in COLUMNS if c.is_required)
    raise RuleError(
        f"В файле не нашлась строка с заголовками столбцов: {headings}."
        " Проверьте, тот ли это файл, или возьмите образец."
    )


def count_known(row: Sequence[str]) -> int:
    """Tell how many columns of a line the site understands."""
    return len({NAMES[name] for name in map(plain, row) if name in NAMES})


def plain(text: str) -> str:
    """Write a heading the one way in which it is compared."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


NAMES = {
    plain(name): column.key
    for column in COLUMNS
    for name in (column.heading, *column.other_names.split("|"))
}


def _read_headings(row: Sequence[str]) -> Headings:
    places: dict[str, int] = {}
    ignored = []
    for place, heading in enumerate(row):
        key = NAMES.get(plain(heading))
        if key is None:
            ignored.append(heading)
        elif key in places:
            first = row[places[key]]
            raise RuleError(
                f"Столбцы «{first}» и «{heading}» об одном и том же."
                " Оставьте один из них."
            )
        else:
            places[key] = place
    missing = [c.heading for c in COLUMNS if c.is_required and c.key not in places]
    if missing:
        raise RuleError(
            "В файле не хватает столбцов: "
            + ", ".join(f"«{heading}»" for heading in missing)
            + ". Добавьте их или возьмите образец."
        )
    unneeded = [name for name in ignored if name and plain(name) != plain(REASON)]
    return Headings(places, unneeded)
