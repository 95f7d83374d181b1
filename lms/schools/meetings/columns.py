"""The columns in which services of meetings tell who was there."""

import re
from collections.abc import Sequence

from lms.schools.enrolments.columns import plain

# How headings begin or what they hold, without signs and case; the first that fits
# decides: «Время выхода» is about leaving, «Имя пользователя» about the name.
SIGNS = [
    ("waiting", r"waiting room|зал\w* ожидания"),
    # About who held the meeting, or of what share of it somebody was there.
    ("", r"^host|организатор|ведущ|процент|подтвержд|percent|^доля"),
    ("email", r"почт|e ?mail|мейл|имейл"),
    ("surname", r"^фамилия$|^last name$|^surname$"),
    ("patronymic", r"^отчество$"),
    ("given_name", r"^имя$|^first name$|^given name$"),
    ("whole_seconds", r"\b(сек|секунд\w*|sec|seconds)$"),
    ("seconds", r"длительност|продолжительност|присутств|участия|duration"),
    ("seconds", r"time in session|время (в|на) |^минут"),
    ("left", r"выход|выш[её]л|отключ|покин|leave|left|exit"),
    ("joined", r"вход|вош[её]л|заш[её]л|подключ|присоедин|join"),
    ("name", r"\bимя\b|\bфио\b|ф и о|\bname\b|^участник$|^participant$"),
]
KNOWN = [(key, re.compile(sign)) for key, sign in SIGNS]
LONGEST_HEADING = 80
WHO = {"name", "surname", "given_name"}
STAYS = {"joined", "left"}
TIMES = {"seconds", "whole_seconds", "joined"}
# A table of when everybody first came and last left, which tells of no break.
ENDS = re.compile(r"\b(перв|последн|first|last)\w* (?!name)")

Places = dict[str, int]


def places_in(row: Sequence[str]) -> Places:
    """Return where each column stands, by its key; the first of two counts.

    But «Время подключения» tells more than «Тип подключения», and that than the day.
    """
    places: Places = {}
    for place, heading in sorted(enumerate(row), key=lambda one: _vagueness(one[1])):
        if key := _key_of(heading):
            places.setdefault(key, place)
    if places.keys() & {"seconds", "whole_seconds"} and tells_ends(row):
        return {key: place for key, place in places.items() if key not in STAYS}
    return places


def tells_ends(row: Sequence[str]) -> bool:
    """Tell headings under which a person has one line, however often they came."""
    found = [heading for heading in row if _key_of(heading) in STAYS]
    return any(ENDS.search(plain(heading)) for heading in found)


def is_heading(row: Sequence[str]) -> bool:
    """Tell a line of headings: it names people, and something else about them."""
    if any("@" in cell for cell in row):
        return False
    known = places_in(row).keys()
    return bool(known & WHO) and len(known - WHO) > 0


def count_columns(row: Sequence[str]) -> int:
    """Tell how many columns of a line are understood; people have addresses."""
    return 0 if any("@" in cell for cell in row) else len(places_in(row))


def _vagueness(heading: str) -> int:
    words = plain(heading)
    return 0 if re.search(r"врем|time", words) else 2 if "дата" in words else 1


def _key_of(heading: str) -> str | None:
    if not heading or len(heading) > LONGEST_HEADING:
        return None
    text = plain(heading)
    return next((key for key, sign in KNOWN if sign.search(text)), None)
