from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lms.course.cohorts.calendar import Dates, calendar_rows, mark, moved_rows
from lms.course.content.course import Calendar

MONTHS = Calendar.model_validate(
    {
        "title": "Два учебных года",
        "unit": "month",
        "rows": [
            {"module": "vebinar", "opens": 1, "due": 1},
            {"module": "cennosti", "opens": 2, "due": 3},
            {"module": "komanda", "opens": 19},
        ],
    }
)
WEEKS = Calendar.model_validate(
    {
        "title": "Интенсив",
        "unit": "week",
        "rows": [{"module": "cennosti", "opens": 2, "due": 3}],
    }
)


def test_months_begin_on_the_first_day_and_end_on_the_last():
    rows = calendar_rows(MONTHS, date(2026, 9, 1))

    assert rows == [
        Dates("vebinar", date(2026, 9, 1), date(2026, 9, 30)),
        Dates("cennosti", date(2026, 10, 1), date(2026, 11, 30)),
        Dates("komanda", date(2028, 3, 1), None),
    ]


def test_weeks_begin_on_the_weekday_of_the_start():
    rows = calendar_rows(WEEKS, date(2026, 9, 1))

    assert rows == [Dates("cennosti", date(2026, 9, 8), date(2026, 9, 21))]


def test_the_end_of_january_breaks_nothing():
    webinar, values, _ = calendar_rows(MONTHS, date(2027, 1, 31))

    assert webinar == Dates("vebinar", date(2027, 1, 31), date(2027, 2, 27))
    assert values == Dates("cennosti", date(2027, 2, 28), date(2027, 4, 29))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_periods_follow_each_other_without_gap_and_overlap(start):
    for unit in ("month", "week"):
        rows = [{"module": f"m{n}", "opens": n, "due": n} for n in range(1, 25)]
        plan = Calendar(title="-", unit=unit, rows=rows)
        dates = calendar_rows(plan, start)

        for row, following in pairwise(dates):
            assert row.opens_on <= row.due_on
            assert (following.opens_on - row.due_on).days == 1


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_an_untouched_calendar_moves_as_if_it_had_begun_there(start, new_start):
    rows = calendar_rows(MONTHS, start)

    moved = moved_rows(rows, MONTHS, start=start, new_start=new_start)

    assert moved == calendar_rows(MONTHS, new_start)


def test_a_day_set_by_hand_moves_along():
    by_hand = Dates("cennosti", date(2026, 10, 5), date(2026, 11, 30))

    [moved] = moved_rows(
        [by_hand], MONTHS, start=date(2026, 9, 1), new_start=date(2026, 10, 1)
    )

    assert moved == Dates("cennosti", date(2026, 11, 5), date(2026, 12, 31))


def test_days_move_even_when_the_course_has_no_such_calendar_any_more():
    row = Dates("cennosti", date(2026, 10, 5), None)

    [moved] = moved_rows(
        [row], None, start=date(2026, 9, 1), new_start=date(2026, 9, 8)
    )

    assert moved == Dates("cennosti", date(2026, 10, 12), None)


def test_every_change_of_a_row_is_noticed():
    row = Dates("cennosti", date(2026, 10, 5), None)
    day = date(2026, 10, 6)
    states = [None, row, row._replace(opens_on=day), row._replace(due_on=day)]

    assert len({mark(state) for state in states}) == 4
