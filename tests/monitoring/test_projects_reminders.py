"""What a school's project waits for, on the start page of whoever answers for it."""

from datetime import timedelta

import pytest

from lms.core.language import today
from lms.monitoring.projects.quarters import close_quarter, quarter_to_close
from lms.monitoring.projects.reminders import awaited_of
from lms.monitoring.projects.services import remove_row
from tests.projects import change, plan_event


@pytest.fixture
def past(team, captain):
    """An event of the quarter that may be closed, of which nobody has told."""
    return plan_event(team, captain, due_on=quarter_to_close().starts_on)


def test_project_waits_for_words_about_past_events_and_for_its_quarter(
    team, captain, past
):
    plan_event(team, captain, due_on=today() + timedelta(days=1))

    assert awaited_of(team) == (1, [quarter_to_close()])


def test_project_waits_for_nothing_more(team, captain, past):
    change(past, captain, done_on=past.due_on)
    close_quarter(team, quarter_to_close().starts_on, author=captain)

    assert awaited_of(team) is None


def test_project_waits_for_nothing_about_what_was_removed(team, captain, past):
    remove_row(past, author=captain)

    assert awaited_of(team) is None


def test_every_quarter_that_was_missed_is_named(team, captain, cohort, past):
    last = quarter_to_close()
    cohort.starts_on = last.previous.previous.starts_on
    plan_event(team, captain, due_on=last.previous.previous.starts_on)
    missed = [last.previous.previous, last.previous, last]
    assert awaited_of(team).quarters == missed

    close_quarter(team, missed[0].starts_on, author=captain)

    assert awaited_of(team).quarters == missed[1:]


def test_quarters_after_the_last_event_are_not_waited_for(team, captain, cohort):
    last = quarter_to_close()
    cohort.starts_on = last.previous.starts_on
    event = plan_event(team, captain, due_on=last.previous.starts_on)
    change(event, captain, done_on=event.due_on)
    close_quarter(team, last.previous.starts_on, author=captain)

    assert awaited_of(team) is None


def test_start_page_leads_whoever_answers_to_the_project(
    sign_in, team, captain, member, past, accepted
):
    mine, theirs = (sign_in(one).get("/home/").text for one in (captain, member))

    assert f'href="/projects/{team.id}/events">Проект школы' in mine
    assert f"Закройте {quarter_to_close().label}" in mine
    assert "Проект школы</a></h2>" not in theirs
