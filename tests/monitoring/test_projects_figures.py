"""Figures of a project, counted by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.periods import Quarter
from lms.monitoring.projects.figures import Share, figures_of, quarters_of
from lms.monitoring.projects.models import EventKind
from lms.monitoring.projects.picture import EventLine, Picture, RiskLine

NOW = date(2026, 11, 29)
NOTHING = {
    "id": 1,
    "what": "Опрос",
    "who": "Анна",
    "due_on": None,
    "kind": EventKind.OTHER,
    "task_id": None,
    "done_on": None,
    "fact": "",
    "why_not": "",
    "correction": "",
    "missed_on": None,
    "corrected_on": None,
}


def event(due_on=None, **facts):
    return EventLine(**NOTHING | {"due_on": due_on} | facts)


def risk(came_on=None, *, is_planned=True):
    facts = {"id": 1, "text": "Срыв", "measure": "", "correction": ""}
    return RiskLine(**facts, is_planned=is_planned, came_on=came_on)


def missed(*days):
    """Events that were missed, and corrected so many days later."""
    return [
        event(date(2026, 11, 1), missed_on=date(2026, 11, 2), corrected_on=corrected)
        for day in days
        for corrected in [date(2026, 11, 2 + day)]
    ]


def figures(*events, risks=()):
    return figures_of(Picture(events=list(events), risks=list(risks)), NOW)


def test_conducted_is_of_what_was_due_by_today():
    held, late = date(2026, 11, 3), date(2026, 12, 24)

    counted = figures(
        event(held, done_on=held), event(held), event(late), event(late, done_on=held)
    )

    assert counted.conducted == Share(1, 2)
    assert counted.conducted.words == "1 из 2 (50\xa0%)"


def test_what_was_held_without_a_plan_is_counted_apart():
    counted = figures(event(done_on=NOW))

    assert (counted.unplanned, counted.conducted.words) == (1, "нет данных")


def test_event_of_today_has_time_until_midnight():
    assert figures(event(NOW)).unmarked == 0
    assert figures(event(date(2026, 11, 28))).unmarked == 1


def test_risks_that_came_are_of_those_foreseen():
    risks = [risk(NOW), risk(), risk(), risk(NOW, is_planned=False)]

    counted = figures(risks=risks)

    assert (counted.came_true, counted.unforeseen) == (Share(1, 3), 1)


@pytest.mark.parametrize(
    ("days", "median"),
    [([], "нет данных"), ([3], "3"), ([0, 3, 9], "3"), ([3, 4], "3,5")],
)
def test_median_of_days_to_a_correction(days, median):
    assert figures(*missed(*days)).median_days == median


def test_quarters_between_plan_and_fact_are_there_though_empty():
    rows = quarters_of(
        Picture(events=[event(date(2026, 2, 1)), event(done_on=date(2026, 8, 1))])
    )

    assert [(row.planned, row.held) for row in rows] == [(1, 0), (0, 0), (0, 1)]
    assert rows[0].quarter == Quarter.of(date(2026, 2, 1))


def test_closed_quarter_without_events_stands_among_the_others():
    last = Quarter.of(date(2026, 10, 1))

    rows = quarters_of(Picture(events=[event(date(2026, 2, 1))]), [last])

    assert [(row.planned, row.held) for row in rows] == [(1, 0), (0, 0), (0, 0), (0, 0)]
    assert rows[-1].quarter == last
    assert quarters_of(Picture(), [last])[0].quarter == last


@given(st.lists(st.tuples(st.dates(), st.booleans())))
def test_no_share_is_more_than_the_whole(days):
    counted = figures(
        *(event(day, done_on=day if is_held else None) for day, is_held in days)
    )

    assert 0 <= counted.conducted.part <= counted.conducted.whole
