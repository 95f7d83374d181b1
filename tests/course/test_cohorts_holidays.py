"""Days of a calendar that fall into holidays."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lms.course.cohorts.calendar import (
    Dates,
    calendar_rows,
    in_holidays,
    moved_rows,
    rows_past_holidays,
)
from lms.course.content.course import Calendar
from lms.course.content.holidays import read_break

BREAKS = [read_break("1 июля – 31 августа"), read_break("30 декабря – 8 января")]
STARTS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def plan(unit, *rows):
    """A calendar whose modules are called «m1», «m2» and so on."""
    listed = [
        {"module": f"m{number}", "opens": opens, "due": due}
        for number, (opens, due) in enumerate(rows, 1)
    ]
    return Calendar.model_validate({"title": "-", "unit": unit, "rows": listed})


MONTHS = plan("month", (1, 1), (2, 3), (4, 5), (6, 6), (7, 8), (13, 14), (15, None))
WEEKS = plan("week", (1, None), *((week, week + 1) for week in range(2, 11)))


def test_row_moves_to_the_first_working_day_and_keeps_its_time():
    row = Dates("m1", date(2027, 7, 11), date(2027, 9, 10))

    [moved] = rows_past_holidays([row], BREAKS)

    assert moved == Dates("m1", date(2027, 9, 1), date(2027, 11, 1))


def test_working_day_is_no_weekend():
    [moved] = rows_past_holidays([Dates("m1", date(2027, 1, 4), None)], BREAKS)

    assert moved.opens_on == date(2027, 1, 11)


def test_idle_days_are_used_up_before_the_next_module_moves():
    first = Dates("m1", date(2027, 7, 1), date(2027, 7, 31))
    second = Dates("m2", date(2028, 2, 1), date(2028, 2, 28))

    _, moved = rows_past_holidays([first, second], BREAKS)

    assert moved == second


def test_what_has_been_stays():
    row = Dates("m1", date(2027, 7, 11), date(2027, 8, 10))

    [moved] = rows_past_holidays([row], BREAKS, since=date(2027, 8, 1))

    assert moved == Dates("m1", date(2027, 7, 11), date(2027, 9, 1))


@given(STARTS, st.sampled_from([MONTHS, WEEKS]))
def test_nothing_is_left_in_holidays_and_the_order_stays(start, calendar):
    moved = calendar_rows(calendar, start, BREAKS, past_holidays=True)

    assert not any(in_holidays(row, BREAKS) for row in moved)
    assert all(row.due_on is None or row.opens_on <= row.due_on for row in moved)
    assert all(a.opens_on < b.opens_on for a, b in pairwise(moved))
    dues = [row.due_on for row in moved if row.due_on]
    assert dues == sorted(dues)
    assert rows_past_holidays(moved, BREAKS) == moved


@given(STARTS)
def test_weeks_pass_over_holidays_and_months_wait_to_be_asked(start):
    assert calendar_rows(WEEKS, start, BREAKS) == calendar_rows(
        WEEKS, start, BREAKS, past_holidays=True
    )
    assert calendar_rows(MONTHS, start, BREAKS) == calendar_rows(MONTHS, start)


@given(STARTS)
def test_without_holidays_nothing_moves(start):
    rows = calendar_rows(WEEKS, start)

    assert rows_past_holidays(rows, []) == rows


def test_calendar_that_went_past_holidays_does_so_from_another_day():
    start, new_start = date(2027, 1, 11), date(2027, 2, 1)
    rows = calendar_rows(MONTHS, start, BREAKS, past_holidays=True)

    moved = moved_rows(rows, MONTHS, start=start, new_start=new_start, breaks=BREAKS)

    assert moved == calendar_rows(MONTHS, new_start, BREAKS, past_holidays=True)
