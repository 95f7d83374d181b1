"""What authors bring from other editors, and how it is written here."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lms.text.page import Definition, Facts

# What was begun and not ended well, by the kind of `Slip`.
SLIPS = {
    "fence": "блок кода нигде не закрыт: поставьте в конце такую же строку ``` или ~~~",
    "item": "блок кода начинают с новой строки, с отступом под текст пункта",
    "mark": "пустой пункт списка: допишите его или уберите",
    "underline": "черта сделала бы заголовком все строки над ней: отделите её пустой"
    " строкой, а заголовок пишите одной строкой с ##",
    "comment": "комментарий увидят все: уберите «<!-- … -->»",
}
LONGEST = 5_000  # what is beyond is no longer a line that somebody typed
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_ESCAPED = re.compile(r"\\[^\w\s]")


class _Habit(NamedTuple):
    """A way of writing from elsewhere, and what to do about it."""

    pattern: re.Pattern[str]
    is_error: bool
    cure: str


_HABITS = (
    _Habit(
        re.compile(r"[ >]*[•·●▪‣◦]\s+\S.*"),
        True,
        "список начинают с «- » или «1. », а не со знака из Word",
    ),
    _Habit(
        re.compile(r"[ >]*`{3}.*"),
        True,
        "строка не начнёт код: после ``` не бывает знака `",
    ),
    _Habit(
        re.compile(r" {0,3}#{2,6}[^#\s].*"),
        True,
        "после ## нужен пробел: «## Название»",
    ),
    _Habit(
        re.compile(r"[ >]*(?:#{1,6}|[-*+]|\d{1,9}[.)])[\xa0\u2007\u202f]\s*\S.*"),
        False,
        "после знака в начале строки неразрывный пробел: наберите обычный",
    ),
    _Habit(
        re.compile(r"[ >]*\[![A-Z]+\].*"),
        False,
        "[!NOTE] здесь не врезка: пишите «!!! tip» и текст с отступом в 4 пробела",
    ),
    _Habit(
        re.compile(r".*(?<!!)\[\[[^\[\]]+\]\].*"),
        False,
        "[[…]] здесь не ссылка: пишите [текст](../NN-slug/lesson.md)",
    ),
    _Habit(
        re.compile(r".*(?<![\w$])\$(?![\s$])[^$]*[^\s$]\$(?![\w$]).*|\s*\$\$.*"),
        False,
        "формула в $…$ останется текстом: напишите её словами или картинкой",
    ),
)
UNSEEN = "этой строки на странице не будет: на неё ничто не ссылается в тексте"
ROWLESS = (
    "в таблице нет ни одной строки: под чертой они идут сразу, без пустой строки между"
)
WIDE = "ячеек больше, чем столбцов в шапке: лишние на странице не видны"
_TABLE_RULE = re.compile(r"[ >]*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
_DEFINITION = re.compile(r"(\*?\[[^\[\]]{1,200}\]) ?:")
_ANY_FOOTNOTE = re.compile(r"\[\^[^\[\]]{1,100}\]")
_WELL_NAMED = re.compile(r"\[\^[\w-]+\]")
GLUED = "строки сольются в один абзац: список начинают с «- » или «1. » с пробелом"
# «-раз», «— раз», «1.Раз», «1.1. раз», «а) раз», «II. раз», each after one like it.
_LIKE_ITEMS = [
    re.compile(rf"[ >]*(?:{sign}).*[^\\\s] ?")
    for sign in (
        *(
            r"-[^\W_]",
            r"[–—]\s?[^\W_]",
            r"\d{1,3}[.)][^\W\d_]",
            r"\d+(?:\.\d+)+[.)]? \w",
        ),
        *(r"[^\W\d_]\) ?\w", r"[IVX]{1,4}[.)] \w", r"№ ?\d"),
    )
]
_FOOTNOTE = re.compile(r" {0,3}(\[\^[^\]]+\]):")


def foreign_habits(lines: list[tuple[int, str]]) -> Iterator[tuple[int, bool, str]]:
    """Find the first line of each run that will not become what it was elsewhere."""
    last: dict[_Habit, int] = {}
    for number, line in lines:
        said = _ESCAPED.sub("", _CODE.sub("", line[:LONGEST]))
        for habit in _HABITS:
            if habit.pattern.fullmatch(said):
                if last.get(habit) != number - 1:
                    yield number, habit.is_error, habit.cure
                last[habit] = number


def unused_footnotes(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Find the notes at the foot to which nothing in the text leads."""
    times = Counter(mark for _, line in lines for mark in _ANY_FOOTNOTE.findall(line))
    for number, line in lines:
        if (note := _FOOTNOTE.match(line)) and times[note[1]] == 1:
            yield number, note[1]


def repeated_footnotes(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Find the notes at the foot that are written a second time."""
    written: set[str] = set()
    for number, line in lines:
        if note := _FOOTNOTE.match(line):
            if note[1] in written:
                yield number, note[1]
            written.add(note[1])


def lost_definitions(
    facts: Facts, lines: list[tuple[int, str]]
) -> Iterator[tuple[int, Definition]]:
    """Find the lines that define what nobody uses, or what was defined above."""
    places: dict[str, int] = {}
    for number, line in lines:
        for mark in _DEFINITION.findall(line):
            places[mark.casefold()] = number  # of two, the second is too much
    for definition in facts.definitions:
        line_of_it = places.get(definition.mark.casefold(), lines[0][0])
        yield line_of_it, definition


def tables_without_rows(lines: list[tuple[int, str]]) -> Iterator[int]:
    """Find the tables that end with the rule under their head."""
    below = [*(line for _, line in lines[1:]), ""]
    for (number, line), next_line in zip(lines, below, strict=False):
        if _TABLE_RULE.fullmatch(line) and not next_line.strip(" >"):
            yield number


def misnamed_footnotes(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Find the notes whose name cannot be a part of an address."""
    for number, line in lines:
        if (note := _FOOTNOTE.match(line)) and not _WELL_NAMED.fullmatch(note[1]):
            yield number, note[1]


def glued_lines(lines: list[tuple[int, str]]) -> Iterator[int]:
    """Find the first line of each run that looks like a list and is a paragraph."""
    last, was_glued = None, False
    for number, line in lines:
        like = next((sign for sign in _LIKE_ITEMS if sign.fullmatch(line)), None)
        is_glued = like is not None and like is last
        if is_glued and not was_glued:
            yield number
        last, was_glued = like, is_glued


def slips_of(facts: Facts) -> Iterator[tuple[int, str]]:
    """Say what was begun and not ended, with the line counted from 0."""
    for slip in facts.slips:
        yield slip.line, SLIPS[slip.kind]
