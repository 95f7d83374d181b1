"""Numbers, days and hours as a Russian spreadsheet shows them by their formats."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from babel import Locale
from babel.dates import parse_pattern

RU = Locale("ru")
NBSP = "\N{NO-BREAK SPACE}"
RUBLES = ' "₽"'
# Formats that have a number instead of a code; days as Russian programs write them.
BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"},
    **dict.fromkeys((5, 6, 42), "#,##0" + RUBLES),
    **dict.fromkeys((7, 8, 44), "#,##0.00" + RUBLES),
    **dict.fromkeys((37, 38, 41), "#,##0"),
    **dict.fromkeys((39, 40, 43), "#,##0.00"),
    **{14: "dd.mm.yyyy", 15: "dd.mmm.yy", 16: "dd.mmm", 17: "mmm.yy"},
    **{18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss"},
    **{22: "dd.mm.yyyy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss"},
}
# What Windows calls a long day and an hour, whatever stands behind these marks.
OF_WINDOWS = {"[$-F800]": 'd mmmm yyyy "г."', "[$-F400]": "h:mm:ss"}
MOST_DIGITS = 30
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)')
_CONDITION = re.compile(r"\[[<>=]")
# A space between digits stands for thousands, as people write them.
_SPACE = re.compile(r'(?<=[#0?])(?:\\?[ \xa0]|"[ \xa0]")(?=[#0?])')
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]|(?P<general>General)"
    r"|(?P<noon>AM/PM|A/P)|(?P<letters>d+|m+|y+|h+|s+)"
    r"|(?P<digits>[0#?][0#?,.]*)|(?P<fraction>/|E[+-])|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_TENTHS = re.compile(r"\.0+")
_SECONDS = {"h": 3600, "m": 60, "s": 1}
# Letters of formats and of CLDR; months behind a day are in another case.
_LETTERS = {
    **{"d": "d", "dd": "dd", "ddd": "ccc", "dddd": "cccc"},
    **{"m": "M", "mm": "MM", "mmm": "LLL", "mmmm": "LLLL", "mmmmm": "LLLLL"},
    **{"y": "yy", "yy": "yy", "yyy": "y", "yyyy": "y"},
    **{"h": "H", "hh": "HH", "s": "s", "ss": "ss"},
}

Moment = date | time | timedelta


class _Piece(NamedTuple):
    kind: str
    text: str


def shown(cell: object, code: str = "") -> str:
    """Return a cell as the code of its format shows it; without one, as it is."""
    if isinstance(cell, bool):
        return "ИСТИНА" if cell else "ЛОЖЬ"
    if isinstance(cell, int | float):
        return _number(cell, code)
    if isinstance(cell, Moment):
        return _moment(cell, code)
    return str(cell)


def _number(number: float, code: str) -> str:
    """Show a number; one whose format has no plain digits is shown as it is."""
    sections = _sections(code)
    if not sections or _CONDITION.search(code):
        return _as_it_is(number)
    is_other = number < 0 and len(sections) > 1
    section = sections[2 if number == 0 and len(sections) > 2 else int(is_other)]
    pieces = _pieces(_SPACE.sub(",", section))
    kinds = [piece.kind for piece in pieces]
    if kinds.count("digits") > 1 or {"fraction", "letters", "elapsed"} & set(kinds):
        return _as_it_is(number)
    exact = abs(Decimal(f"{number:.15g}")).scaleb(2 * kinds.count("percent"))
    words = {"digits": "", "general": _as_it_is(abs(number)), "percent": NBSP + "%"}
    parts = [
        _digits(exact, piece.text)
        if piece.kind == "digits"
        else words.get(piece.kind, piece.text)
        for piece in pieces
    ]
    sign = "-" if number < 0 and not is_other else ""
    text = re.sub(r"\s+", lambda found: found[0][0], "".join(parts)).strip()
    return f"{sign}{text}" if text != "@" else _as_it_is(number)


def _digits(number: Decimal, pattern: str) -> str:
    """Write a number by a pattern: `#,##0.00`; a comma at its end is thousands."""
    whole, _, fraction = pattern.rstrip(",").partition(".")
    bare = whole.rstrip(",")
    thousands = len(pattern) - len(pattern.rstrip(",")) + len(whole) - len(bare)
    number = number.scaleb(-3 * thousands)
    with localcontext(rounding=ROUND_HALF_UP):
        text = f"{number:,.{min(len(fraction), MOST_DIGITS)}f}"
    before, _, after = text.partition(".")
    while after.endswith("0") and len(after) > fraction.count("0"):
        after = after[:-1]
    if before == "0" and "0" not in bare:
        before = ""
    before = before.replace(",", NBSP if "," in bare else "")
    before = before.zfill(min(bare.count("0"), MOST_DIGITS))
    return f"{before},{after}" if after else before


def _moment(moment: Moment, code: str) -> str:
    """Show a day, an hour or how long something has lasted."""
    for mark, meant in OF_WINDOWS.items():
        code = meant if mark in code else code
    section = next(iter(_sections(code)), "")
    pieces = _pieces(_TENTHS.sub("", section))
    at, lasted = datetime.combine(date.min, time()), timedelta()
    if isinstance(moment, timedelta):
        lasted = timedelta(seconds=round(moment.total_seconds()))
        at += timedelta(seconds=lasted.seconds)
    elif isinstance(moment, time):
        at = datetime.combine(date.min, moment)
    else:
        at = moment if isinstance(moment, datetime) else at.combine(moment, time())
    if lasted < timedelta() or not _letters_of(pieces):
        return _as_it_is(moment)
    return _at(at, lasted, pieces).strip()


def _at(at: datetime, lasted: timedelta, pieces: Sequence[_Piece]) -> str:
    letters = _letters_of(pieces)
    has_noon = any(piece.kind == "noon" for piece in pieces)
    parts, place = [], -1
    for kind, text in pieces:
        place += kind in {"letters", "elapsed"}
        if kind == "elapsed":
            parts.append(str(int(lasted.total_seconds()) // _SECONDS[text[0].lower()]))
        elif kind == "noon":
            parts.append(parse_pattern("a").apply(at, RU))
        elif kind == "letters":
            pattern = _pattern(letters, place, has_noon=has_noon)
            parts.append(parse_pattern(pattern).apply(at, RU))
        else:
            parts.append(text)
    return "".join(parts)


def _pattern(letters: Sequence[str], place: int, *, has_noon: bool) -> str:
    """Name a part of a moment the way CLDR does.

    An `m` beside hours or seconds is minutes, and a month behind a day has its ending.
    """
    part = letters[place]
    after_hours = place > 0 and letters[place - 1][0] == "h"
    before_seconds = letters[place + 1 : place + 2] in (["s"], ["ss"])
    if part[0] == "m" and (after_hours or before_seconds):
        return part[:2]
    pattern = _LETTERS.get(part, part[:1])
    if any(one in {"d", "dd"} for one in letters):
        pattern = pattern.replace("L", "M")
    return pattern.replace("H", "h") if has_noon else pattern


def _letters_of(pieces: Sequence[_Piece]) -> list[str]:
    return [p.text.lower() for p in pieces if p.kind in {"letters", "elapsed"}]


def _sections(code: str) -> list[str]:
    """Return what a format says of positive numbers, of negative ones and of zero."""
    return _SECTION.findall(code)[:-1]


@lru_cache(maxsize=100)
def _pieces(section: str) -> tuple[_Piece, ...]:
    """Take a section of a format apart; colours and widths show nothing."""
    pieces = []
    for found in _PIECE.finditer(section):
        kind = found.lastgroup
        if kind:
            text = found[kind]
            kind = "percent" if (kind, text) == ("sign", "%") else kind
            pieces.append(_Piece(kind, text))
    return tuple(pieces)


def _as_it_is(cell: float | Moment) -> str:
    """Show a number or a moment that has no format of its own."""
    if isinstance(cell, int | float):
        whole = float(cell).is_integer() and abs(cell) < 1e15
        return str(int(cell)) if whole else f"{cell:.11g}".replace(".", ",")
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(cell, datetime) and cell.time() != time():
        return f"{cell:%d.%m.%Y %H:%M}"
    return f"{cell:%H:%M}" if isinstance(cell, time) else f"{cell:%d.%m.%Y}"
