"""Quarters, school years and their halves."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.periods import HalfYear, Quarter, SchoolYear

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "quarter", "year", "half"),
    [
        (date(2026, 8, 31), "III квартал 2026", "2025/26", "2-е полугодие 2025/26"),
        (date(2026, 9, 1), "III квартал 2026", "2026/27", "1-е полугодие 2026/27"),
        (date(2026, 12, 31), "IV квартал 2026", "2026/27", "1-е полугодие 2026/27"),
        (date(2027, 1, 1), "I квартал 2027", "2026/27", "2-е полугодие 2026/27"),
        (date(2099, 9, 1), "III квартал 2099", "2099/00", "1-е полугодие 2099/00"),
    ],
)
def test_periods_change_on_their_first_day(
    day: date, quarter: str, year: str, half: str
) -> None:
    periods = Quarter.of(day), SchoolYear.of(day), HalfYear.of(day)

    assert [period.label for period in periods] == [quarter, year, half]


@given(DAYS)
def test_each_day_is_in_its_periods_and_the_next_begins_where_one_ends(
    day: date,
) -> None:
    for kind in (Quarter, SchoolYear, HalfYear):
        period = kind.of(day)
        following = kind.of(period.ends_on + timedelta(days=1))

        assert day in period
        assert following.starts_on == period.ends_on + timedelta(days=1)


@given(DAYS)
def test_the_quarter_before_ends_the_day_before(day: date) -> None:
    quarter = Quarter.of(day)

    assert quarter.previous.ends_on == quarter.starts_on - timedelta(days=1)
