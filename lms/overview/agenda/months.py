"""A calendar as people read it: months with their days, and today among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from lms.core.language import today
from lms.overview.agenda.entries import Entry


@dataclass(frozen=True)
class Day:
    """A day on which something happens, or today."""

    day: date
    entries: list[Entry]

    @property
    def is_today(self) -> bool:
        return self.day == today()


@dataclass(frozen=True)
class Month:
    """A month by its first day."""

    first: date
    days: list[Day]

    @property
    def is_past(self) -> bool:
        return self.first < today().replace(day=1)


def months_of(entries: Iterable[Entry]) -> list[Month]:
    """Lay entries out by months and days; today stands there even when it is empty."""
    by_day: dict[date, list[Entry]] = {today(): []}
    for entry in entries:
        by_day.setdefault(entry.day, []).append(entry)
    days = [Day(day, by_day[day]) for day in sorted(by_day)]
    return [
        Month(first, list(group))
        for first, group in groupby(days, key=lambda day: day.day.replace(day=1))
    ]
