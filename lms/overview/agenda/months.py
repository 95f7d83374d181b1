"""A calendar as people read it: months with their days, and today among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from lms.core.language import today
from lms.overview.agenda.deadlines import Deadline
from lms.overview.agenda.entries import Entry

# What stands in a calendar.
Line = Entry | Deadline
# How much of a day stands in sight, where many cohorts and teams have it in common.
IN_SIGHT = 3


@dataclass(frozen=True)
class Day:
    """A day on which something happens, or today."""

    day: date
    entries: list[Line]

    @property
    def in_sight(self) -> list[Line]:
        """What is read without unfolding; one line alone is never folded."""
        return self.entries[: len(self.entries) - len(self.folded)]

    @property
    def folded(self) -> list[Line]:
        more = self.entries[IN_SIGHT:]
        return more if len(more) > 1 else []

    @property
    def is_today(self) -> bool:
        return self.day == today()


@dataclass(frozen=True)
class Month:
    """A month by its first day."""

    first: date
    days: list[Day]


def past_months(entries: Iterable[Line]) -> list[Month]:
    """Lay out by months what was before today."""
    return _months({}, (entry for entry in entries if entry.day < today()))


def coming_months(entries: Iterable[Line]) -> list[Month]:
    """Lay out by months what is from today on; today stands there even when empty."""
    return _months({today(): []}, (entry for entry in entries if entry.day >= today()))


def _months(by_day: dict[date, list[Line]], entries: Iterable[Line]) -> list[Month]:
    for entry in entries:
        by_day.setdefault(entry.day, []).append(entry)
    days = [Day(day, by_day[day]) for day in sorted(by_day)]
    return [
        Month(first, list(group))
        for first, group in groupby(days, key=lambda day: day.day.replace(day=1))
    ]
