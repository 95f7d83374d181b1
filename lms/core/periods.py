"""Periods of which figures are told: quarters, and school years with their halves.

A school year is 1 September to 31 August; its halves meet at New Year.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

SEPTEMBER = 9
MONTHS_OF_QUARTER = 3
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, order=True)
class Period:
    """Days from the first to the last, both inside."""

    starts_on: date
    ends_on: date

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def is_over(self, today: date) -> bool:
        return self.ends_on < today


@dataclass(frozen=True, order=True)
class Quarter(Period):
    """Three months of a calendar year."""

    @classmethod
    def of(cls, day: date) -> Self:
        first = day.month - (day.month - 1) % MONTHS_OF_QUARTER
        starts_on = date(day.year, first, 1)
        # Long enough to be in the next quarter wherever it starts.
        following = (starts_on + timedelta(days=100)).replace(day=1)
        return cls(starts_on, following - timedelta(days=1))

    @property
    def previous(self) -> Self:
        return self.of(self.starts_on - timedelta(days=1))

    @property
    def following(self) -> Self:
        return self.of(self.ends_on + timedelta(days=1))

    @property
    def label(self) -> str:
        """«IV квартал 2026»."""
        number = ROMAN[(self.starts_on.month - 1) // MONTHS_OF_QUARTER]
        return f"{number} квартал {self.starts_on.year}"


@dataclass(frozen=True, order=True)
class SchoolYear(Period):
    """1 September to 31 August."""

    @classmethod
    def starting(cls, year: int) -> Self:
        return cls(date(year, SEPTEMBER, 1), date(year + 1, SEPTEMBER - 1, 31))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls.starting(day.year if day.month >= SEPTEMBER else day.year - 1)

    @property
    def label(self) -> str:
        """«2026/27»."""
        return f"{self.starts_on.year}/{self.ends_on.year % 100:02}"

    @property
    def halves(self) -> tuple["HalfYear", "HalfYear"]:
        autumn = HalfYear(self.starts_on, date(self.starts_on.year, 12, 31))
        return autumn, HalfYear(date(self.ends_on.year, 1, 1), self.ends_on)


@dataclass(frozen=True, order=True)
class HalfYear(Period):
    """September to December, or January to August."""

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        autumn, spring = SchoolYear.of(day).halves
        return autumn if day in autumn else spring

    @property
    def label(self) -> str:
        """«1-е полугодие 2026/27»."""
        number = 1 if self.starts_on.month == SEPTEMBER else 2
        return f"{number}-е полугодие {SchoolYear.of(self.starts_on).label}"
