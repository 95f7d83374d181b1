"""Holidays of the school year, as `course.md` names them: «1 июля – 31 августа»."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from lms.course.content.schema import Mistake

_MONTHS = [
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
]
_BREAK = re.compile(r"(\d{1,2})\s+([а-я]+)\s*[–—-]\s*(\d{1,2})\s+([а-я]+)")
# Whole days, whatever the year: the 29th of February is a day.
_LEAP_YEAR = 2028
_MOST_DAYS = 183


class Break(NamedTuple):
    """Days without lessons that come every year: the first and the last of them."""

    first: tuple[int, int]
    last: tuple[int, int]

    def holds(self, day: date) -> bool:
        """Tell whether a day is one of them; some go over the end of a year."""
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last

    @property
    def days(self) -> int:
        """How many days there are in a leap year."""
        length = _ordinal(self.last) - _ordinal(self.first)
        return (length if self.first <= self.last else length + 366) + 1


def read_break(text: str) -> Break:
    """Read «30 декабря – 8 января»; a `ValueError` says in Russian what is wrong."""
    found = _BREAK.fullmatch(text.strip())
    if found is None:
        raise ValueError("напишите первый и последний день так: 1 июля – 31 августа")
    return Break(_day(*found.group(1, 2)), _day(*found.group(3, 4)))


def holiday_mistakes(declared: dict[str, Any]) -> Iterator[Mistake]:
    """Find holidays that cannot be read, and a year with too few days of study."""
    listed = declared.get("holidays")
    texts = listed if isinstance(listed, list) else []
    days = 0
    for number, text in enumerate(texts):
        if isinstance(text, str):
            try:
                days += read_break(text).days
            except ValueError as mistake:
                yield ("holidays", number), f"каникулы «{text}»: {mistake}"
    if days > _MOST_DAYS:
        message = f"каникулы занимают {days} дней из 366, а можно не больше половины"
        yield ("holidays",), message


def _day(number: str, month: str) -> tuple[int, int]:
    if month not in _MONTHS:
        raise ValueError(f"месяца «{month}» нет, а бывает «июля», «января»")
    here = (_MONTHS.index(month) + 1, int(number))
    try:
        _ordinal(here)
    except ValueError:
        raise ValueError(f"дня «{number} {month}» нет") from None
    return here


def _ordinal(here: tuple[int, int]) -> int:
    return date(_LEAP_YEAR, *here).toordinal()
