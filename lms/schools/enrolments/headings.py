"""Where each column of a list stands: found by the headings, or chosen by hand."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from lms.core.errors import RuleError
from lms.schools.enrolments.columns import (
    COLUMNS,
    FOR_ALL,
    HEADINGS,
    PARTS,
    REASON,
    name_of,
    plain,
    sign_of,
)

ENOUGH_TO_BE_HEADINGS = 3
TITLE_LINES = 20
INSTEAD = " Выберите их или напишите ниже одно для всех строк."
REQUIRED = [column.key for column in COLUMNS if column.is_required]


@dataclass(frozen=True)
class Headings:
    """Where each column stands, and what only a person can tell.

    `line` is the number of the line with the headings, 0 when there is none. A full
    name may stand in several places.
    """

    line: int
    places: dict[str, list[int]]
    questions: list[str] = field(default_factory=list)


def find_headings(rows: Sequence[Sequence[str]]) -> Headings:
    """Find the line with the headings among the first ones and read it.

    People put a title above their table, and write a heading in two lines: the
    line that says most is taken.
    """
    counts = [count_known(row) for row in rows[:TITLE_LINES]]
    most = max(counts, default=0)
    if most >= ENOUGH_TO_BE_HEADINGS:
        line = counts.index(most)
        return read_headings(rows[line], line + 1)
    headings = ", ".join(f"«{HEADINGS[key]}»" for key in REQUIRED)
    question = f"В файле не нашлась строка с заголовками столбцов: {headings}."
    return Headings(0, {}, [question])


def count_known(row: Sequence[str]) -> int:
    """Tell how many columns of a line the site understands; people have addresses."""
    if any("@" in cell for cell in row):
        return 0
    keys = {name_of(cell) or sign_of(cell) for cell in row if cell}
    return len(keys - {None})


def read_headings(row: Sequence[str], line: int) -> Headings:
    """Read a line of headings: those word for word first, then the longer ones."""
    found: dict[str, list[int]] = {}
    for place, heading in enumerate(row):
        if key := name_of(heading):
            found.setdefault(key, []).append(place)
    guessed: dict[str, list[int]] = {}
    for place, heading in enumerate(row):
        key = None if name_of(heading) else sign_of(heading)
        if (
            key
            and key not in found
            and not (key == "full_name" and PARTS.keys() & found)
        ):
            guessed.setdefault(key, []).append(place)
    places = found | guessed
    questions = [
        f"Столбцы {_quoted(row[place] for place in several)} об одном и том же."
        for several in places.values()
        if len(several) > 1
    ]
    places = _with_whole_name({key: several[:1] for key, several in places.items()})
    if missing := missing_from(places):
        questions.append(f"В файле не хватает столбцов: {_quoted(missing)}.")
    return Headings(line, places, questions)


def choose_columns(
    chosen: Sequence[str], for_all: Collection[str] = ()
) -> dict[str, list[int]]:
    """Return the places of the columns as a person chose them, one word a column.

    `for_all` are the columns that a list does without, being the same in all lines.
    """
    places: dict[str, list[int]] = {}
    for place, key in enumerate(chosen):
        if key and key in places:
            raise RuleError(f"«{_heading_of(key)}» выбрано у двух столбцов.")
        if key:
            places[key] = [place]
    if "full_name" in places and PARTS.keys() & places.keys():
        raise RuleError("Имя выбрано и целиком, и по частям: оставьте что-то одно.")
    if twice := [HEADINGS[key] for key in for_all if key in places]:
        raise RuleError(
            f"{_quoted(twice)}: выбран столбец и написано одно для всех строк. Оставьте"
            " что-то одно."
        )
    places = _with_whole_name(places)
    if missing := missing_from([*places, *for_all]):
        once = "" if missing_from([*places, *FOR_ALL]) else INSTEAD
        raise RuleError(f"Не выбраны столбцы: {_quoted(missing)}.{once}")
    return places


def chosen_at(places: dict[str, list[int]], place: int) -> str:
    """Return what a column is taken for, as a person would choose it."""
    for key, several in places.items():
        if place in several:
            parts = list(PARTS)
            return parts[several.index(place)] if len(several) > 1 else key
    return ""


def missing_from(known: Collection[str]) -> list[str]:
    """Name the columns without which a list says too little."""
    return [HEADINGS[key] for key in REQUIRED if key not in known]


def unneeded(row: Sequence[str], places: dict[str, list[int]]) -> list[str]:
    """Name the headings that the site does not need."""
    taken = {place for several in places.values() for place in several}
    rest = (name for place, name in enumerate(row) if place not in taken)
    return [name for name in rest if name and plain(name) != plain(REASON)]


def _with_whole_name(places: dict[str, list[int]]) -> dict[str, list[int]]:
    """Put the parts of a name together, unless a column has it whole."""
    parts = [place for part in PARTS for place in places.get(part, [])]
    whole = {"full_name": parts} if parts else {}
    return whole | {key: at for key, at in places.items() if key not in PARTS}


def _heading_of(key: str) -> str:
    return PARTS[key][0] if key in PARTS else HEADINGS[key]


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)
