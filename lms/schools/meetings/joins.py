"""From the lines of an attendance list to people, and for how long each was there.

A person who came by phone and by laptop has several lines: what overlaps is counted
once. Nothing but names, addresses and times is taken from a list.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from dateutil import parser

from lms.core.errors import RuleError
from lms.core.names import folded_name
from lms.core.search import fold
from lms.schools.enrolments.files import MOST_LINES, read_rows
from lms.schools.enrolments.tables import LARGEST, TOO_LONG, clean_cell
from lms.schools.meetings.columns import (
    STAYS,
    TIMES,
    Places,
    count_columns,
    is_heading,
    places_in,
    tells_ends,
)

DAY, HOUR, MINUTE = 86_400, 3_600, 60
YES = {"да", "yes"}
MOST_PEOPLE = 3_000
# Whoever forgot to leave stays in a list for days.
LONGEST = 31 * DAY
UNITS = re.compile(r"(\d+)\s*(ч|h|м|m|с|s)", re.IGNORECASE)
UNIT_SECONDS = {"ч": HOUR, "h": HOUR, "м": MINUTE, "m": MINUTE, "с": 1, "s": 1}
# A day on which an hour lies that has none.
SOME_DAY = datetime(2000, 1, 1)
NO_HEADINGS = (
    "В файле не нашлась строка с заголовками столбцов. Нужен столбец с именем и хотя бы"
    " один из: почта, время входа, время выхода, длительность."
)


@dataclass
class Comer:
    """A person of a list: how it calls them, and when they were there, in seconds."""

    name: str
    email: str
    spans: list[list[int]] = field(default_factory=list)
    # Of lines that tell for how long, and not when.
    seconds: int = 0

    @property
    def minutes(self) -> int:
        return minutes_of([self])


@dataclass(frozen=True)
class Comers:
    """Everybody on a list; a list without times tells only who was there."""

    people: list[Comer]
    has_minutes: bool


def minutes_of(comers: Iterable[Comer]) -> int:
    """Tell for how long somebody was there who came in all these ways."""
    known = list(comers)
    total = sum(comer.seconds for comer in known)
    until = None
    for begins, ends in sorted(span for comer in known for span in comer.spans):
        from_here = begins if until is None else max(begins, until)
        total += max(0, ends - from_here)
        until = ends if until is None else max(until, ends)
    return round(total / MINUTE)


def read_comers(content: bytes) -> Comers:
    """Read an uploaded list, or say what is wrong with the file as a whole."""
    if not content.strip():
        raise RuleError("Файл пустой.")
    if len(content) > LARGEST:
        raise RuleError("Файл больше 5 МБ: это не список участников.")
    rows = [
        [clean_cell(cell) for cell in row]
        for row in read_rows(content, count_columns, whole=False)
    ]
    if len(rows) > MOST_LINES:
        raise RuleError(TOO_LONG)
    if not any(map(is_heading, rows)):
        raise RuleError(NO_HEADINGS)
    comers = _gather(rows)
    if not comers.people:
        raise RuleError("Под заголовками нет ни одной строки с людьми.")
    if len(comers.people) > MOST_PEOPLE:
        raise RuleError(f"В списке больше {MOST_PEOPLE} человек: тот ли это файл?")
    return comers


def as_stored(comer: Comer) -> dict[str, Any]:
    """Return what is kept of a person of a list until it is confirmed."""
    return asdict(comer)


def _gather(rows: Sequence[Sequence[str]]) -> Comers:
    """Put the lines of each person together; a list may have several headings.

    Whoever was invited and has no times did not come, nor who was not let in. A table
    of every stay replaces one that sums them up.
    """
    places: Places = {}
    people: dict[str, Comer] = {}
    summed_up = False
    for row in rows:
        if is_heading(row):
            places = places_in(row)
            if summed_up and places.keys() >= STAYS:
                people.clear()
            summed_up = tells_ends(row)
            continue
        cells = {key: row[at] for key, at in places.items() if at < len(row)}
        name, email = _name_in(cells), fold(cells.get("email", ""))
        is_kept_out = fold(cells.get("waiting", "")) in YES
        if is_kept_out or (not name and "@" not in email):
            continue
        comer = Comer(name, email if "@" in email else "")
        if _add_times(comer, cells) or not places.keys() & TIMES:
            known = people.setdefault(comer.email or folded_name(name), comer)
            if known is not comer:
                known.spans += comer.spans
                known.seconds += comer.seconds
    comers = list(people.values())
    return Comers(comers, has_minutes=_ended(comers))


def _ended(comers: Sequence[Comer]) -> bool:
    """End the stay of who has not left at the last moment of the list.

    Tell whether the list says of anybody for how long they were there.
    """
    ends = [span[1] for one in comers for span in one.spans if len(span) > 1]
    for comer in comers:
        comer.spans = [
            span if len(span) > 1 else [span[0], max([*span, *ends])]
            for span in comer.spans
            if ends or len(span) > 1
        ]
    return bool(ends) or any(comer.seconds for comer in comers)


def _name_in(cells: Mapping[str, str]) -> str:
    if name := cells.get("name"):
        return name
    parts = (cells.get(key, "") for key in ("surname", "given_name", "patronymic"))
    return " ".join(part for part in parts if part)


def _add_times(comer: Comer, cells: Mapping[str, str]) -> bool:
    """Take the times of a line; tell whether there are any."""
    joined, left = (moment_in(cells.get(key, "")) for key in ("joined", "left"))
    if joined is not None and left is not None:
        comer.spans.append([joined, left if left >= joined else left + DAY])
        return True
    whole = cells.get("whole_seconds", "")
    told = f"{whole} с" if whole.isdecimal() else cells.get("seconds", whole)
    seconds = seconds_in(told)
    comer.seconds += seconds or 0
    if not seconds and joined is not None:
        comer.spans.append([joined])  # and was still there
        return True
    return bool(seconds)


def moment_in(text: str) -> int | None:
    """Return a moment as the seconds since some day, by the clock of the list."""
    if not any(sign.isdigit() for sign in text):
        return None
    try:
        moment = parser.parse(
            text, dayfirst="." in text, default=SOME_DAY, ignoretz=True
        )
    except (ValueError, OverflowError):
        return None
    return int((moment - SOME_DAY).total_seconds())


def seconds_in(text: str) -> int | None:
    """Return how long something lasted: «61», «1:01:05», «1 ч 1 мин», in seconds."""
    if units := UNITS.findall(text):
        return _possible(
            sum(float(n) * UNIT_SECONDS[unit.casefold()] for n, unit in units)
        )
    parts = text.replace(",", ".").split(":")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    if len(numbers) == 1:
        return _possible(numbers[0] * MINUTE)
    if len(numbers) == 2 and numbers[0] >= 24:  # «58:12» is minutes and seconds
        numbers = [0, *numbers]
    worth = (HOUR, MINUTE, 1)
    return _possible(sum(n * w for n, w in zip(numbers, worth, strict=False)))


def _possible(seconds: float) -> int | None:
    """Return how long something lasted; None for what is no time, as «-5» and «nan»."""
    return round(min(seconds, LONGEST)) if seconds >= 0 else None
