"""Promises and steps out of an accepted text: «кто — что — день», line by line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lms.core.search import fold

MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_DAY = re.compile(
    r"\b(?:до\s+|к\s+|с\s+)?(?:"
    rf"(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(MONTHS)})(?:\s+(?P<year>\d{{4}}))?"
    r"|(?P<d>\d{1,2})\.(?P<m>\d{2})(?:\.(?P<y>\d{4}))?"
    r")\b",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s+[—–-]\s+")
_BULLET = re.compile(r"^(?:[-*+•]|\d+[.)])\s+")
_MARKS = re.compile(r"[*_`]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[А-ЯЁ«\d])")
# What divides the head of a table from its rows.
_RULE = re.compile(r"^[\s|:-]+$")
HEADS = {"who": ("кто",), "what": ("что", "дело"), "due_on": ("день", "дню", "срок")}
# What stands after the last comma is a person when it is as short as that.
LONGEST_NAME, NAME_WORDS = 40, 4
# Of what is offered: «1-й год» names nothing to do.
SHORTEST = 8


@dataclass(frozen=True)
class OfferedLine:
    """A line of an accepted text, taken apart as far as it could be."""

    what: str
    who: str = ""
    due_on: date | None = None


def lines_of(text: str, *, since: date) -> list[OfferedLine]:
    """Return what a text may hold of events, in its order; the rest is left whole.

    A day without a year is the first such day after `since`.
    """
    return [line for line in _read(text, since) if len(line.what) >= SHORTEST]


def _read(text: str, since: date) -> Iterator[OfferedLine]:
    columns: dict[str, int] = {}
    for line in text.splitlines():
        if "|" not in line:
            columns = {}
            plain = _MARKS.sub("", _BULLET.sub("", line.strip()))
            for sentence in _SENTENCE.split(plain):
                yield _of_sentence(sentence, since)
            continue
        cells = [_MARKS.sub("", cell).strip() for cell in line.strip(" |").split("|")]
        if not columns:
            columns = _columns_of(cells)
        elif not _RULE.match(line):
            yield _of_cells(cells, columns, since)


def _columns_of(cells: Sequence[str]) -> dict[str, int]:
    """Tell which column is which by the words of the head; else by their order."""
    found: dict[str, int] = {}
    for name, words in HEADS.items():
        for number, cell in enumerate(cells):
            if number not in found.values() and set(fold(cell).split()) & set(words):
                found[name] = number
                break
    return found or {"who": 0, "what": 1, "due_on": 2}


def _of_cells(
    cells: Sequence[str], columns: dict[str, int], since: date
) -> OfferedLine:
    values = {
        name: cells[number] for name, number in columns.items() if number < len(cells)
    }
    found = _DAY.search(values.get("due_on", ""))
    return OfferedLine(
        values.get("what", ""),
        values.get("who", ""),
        _day_of(found, since) if found else None,
    )


def _of_sentence(sentence: str, since: date) -> OfferedLine:
    """Read «кто — что — день», «кто: что — день» and «день — что, кто»."""
    sentence = sentence.strip().rstrip(".;")
    parts = _DASH.split(sentence)
    days = [_DAY.search(part) for part in parts]
    number = next((n for n, found in enumerate(days) if found), None)
    found = days[number] if number is not None else None
    if number is None or found is None or len(parts) == 1:
        return OfferedLine(sentence, due_on=_day_of(found, since) if found else None)
    due_on = _day_of(found, since)
    rest = [part for at, part in enumerate(parts) if at != number]
    if number == 0:
        return OfferedLine(*_person_last(" — ".join(rest)), due_on)
    if len(rest) > 1:
        return OfferedLine(" — ".join(rest[1:]), rest[0], due_on)
    who, colon, what = rest[0].partition(": ")
    return OfferedLine(what, who, due_on) if colon else OfferedLine(rest[0], "", due_on)


def _person_last(text: str) -> tuple[str, str]:
    """Split «гараж освобождён, завхоз Роман» at its last comma."""
    what, comma, who = text.rpartition(", ")
    is_person = len(who) <= LONGEST_NAME and len(who.split()) <= NAME_WORDS
    return (what, who) if comma and is_person else (text, "")


def _day_of(found: re.Match[str], since: date) -> date | None:
    """Return the day that was written; there is none on 31 February."""
    if found["month"]:
        month, day = MONTHS.index(found["month"].lower()) + 1, int(found["day"])
    else:
        month, day = int(found["m"]), int(found["d"])
    year = found["year"] or found["y"]
    try:
        if year:
            return date(int(year), month, day)
        here = date(since.year, month, day)
        return here if here >= since else here.replace(year=since.year + 1)
    except ValueError:
        return None
