"""Requests that stand still: letters, and what is closed without anybody."""

from datetime import timedelta

import pytest

from lms.core.extensions import db
from lms.identity.letters.models import Letter
from lms.identity.letters.services import switch_off
from lms.network.mentors.answering import tell_result
from lms.network.mentors.models import Ending, RequestState
from lms.network.mentors.reminders import look_after_requests
from tests.conftest import letters
from tests.mentors import accepted_request, ask_for_help, backdated


def subjects():
    return [letter["subject"] for letter in letters()]


def look_after(*requests):
    look_after_requests({})
    for request in requests:
        db.session.refresh(request)


@pytest.fixture
def promised(captain, mentor):
    asked = accepted_request(captain, mentor)
    letters()
    return asked


def test_mentor_is_reminded_once_after_a_week(captain, mentor):
    asked = ask_for_help(captain, mentor, days_ago=7)

    look_after(asked)
    look_after(asked)

    assert [one for one in subjects() if one.startswith("Вас ждёт")] == [
        "Вас ждёт запрос: Как составить пары"
    ]


def test_mentor_is_not_reminded_on_the_sixth_day(captain, mentor):
    asked = ask_for_help(captain, mentor, days_ago=6)

    look_after(asked)

    assert asked.mentor_reminded_at is None


def test_mentor_who_wants_no_letters_gets_none(captain, mentor):
    switch_off(mentor.user, [Letter.MENTOR])
    asked = ask_for_help(captain, mentor, days_ago=8)

    look_after(asked)

    assert letters() == []


def test_asker_is_asked_three_days_after_the_meeting(promised):
    backdated(promised, 3, "meets_at")

    look_after(promised)

    assert subjects()[-1] == "Чем кончился запрос: Как составить пары"


def test_asker_is_asked_after_a_promise_without_a_meeting(promised):
    backdated(promised, 14, on=["spent_on"])

    look_after(promised)

    assert promised.asker_reminded_at


@pytest.mark.parametrize(("days", "is_closed"), [(20, False), (21, True)])
def test_asker_silent_after_a_reminder_closes_the_request(promised, days, is_closed):
    backdated(promised, days, "asker_reminded_at")

    look_after(promised)

    assert (promised.ending is Ending.SILENT) is is_closed
    assert (promised.state is RequestState.CLOSED) is is_closed


@pytest.mark.parametrize(("days", "is_closed"), [(29, False), (30, True)])
def test_one_result_closes_the_request_in_time(promised, mentor, days, is_closed):
    tell_result(promised, by_mentor=True, result="Раз.", actor=mentor.user)
    backdated(promised, days, "result_at")

    look_after(promised)

    assert (promised.ending is Ending.ONE_SIDE) is is_closed


def test_word_of_the_asker_ends_the_waiting_for_it(promised):
    backdated(promised, 25, "asker_reminded_at")

    tell_result(promised, by_mentor=False, result="Да.", actor=promised.asker)
    look_after(promised)

    assert promised.is_under_way


def test_mentor_whose_year_is_over_loses_what_waits(captain, mentor):
    asked = ask_for_help(captain, mentor)
    mentor.active_until -= timedelta(days=500)
    db.session.commit()

    look_after(asked)

    assert asked.mentor is None
