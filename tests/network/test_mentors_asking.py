"""Asking a mentor: who may, how often, in what place of the queue."""

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.network.mentors import offers
from lms.network.mentors.answering import decline
from lms.network.mentors.asking import (
    MOST_OPEN,
    OWN_SCHOOL,
    TOO_MANY,
    ask,
    take_back,
)
from lms.network.mentors.models import MentorRequest
from lms.network.mentors.queue import queue_of
from lms.schools.teams.permissions import active_membership
from tests.conftest import copies_of, count, letters
from tests.mentors import (
    TOPIC,
    accepted_request,
    ask_for_help,
    backdated,
    offer_help,
)


def test_mentor_learns_of_a_request_by_a_letter_without_an_address(asked, mentor):
    (letter,) = letters()

    assert letter["to"] == mentor.user.email
    assert "Седова Анна Викторовна, Школа № 12, Новосибирск" in letter["text"]
    assert "captain@example.org" not in letter["text"]


def test_nobody_asks_the_own_school(member, captain, mentor):
    colleague = offer_help(member)

    with pytest.raises(RuleError, match="спросите коллегу"):
        ask_for_help(captain, colleague)
    assert OWN_SCHOOL.endswith("спросите коллегу.")


def test_nobody_asks_oneself(mentor):
    with pytest.raises(RuleError, match="спросите коллегу"):
        ask_for_help(mentor.user, mentor)


def test_ten_open_requests_are_enough(captain, mentor):
    for _ in range(MOST_OPEN):
        last = ask_for_help(captain, mentor)

    with pytest.raises(RuleError, match=f"{MOST_OPEN} открытых"):
        ask_for_help(captain, mentor)
    take_back(last, asker=captain)
    assert ask_for_help(captain, mentor).is_open


def test_tenth_request_sent_twice_at_once_is_one(race, captain, mentor):
    for _ in range(MOST_OPEN - 1):
        ask_for_help(captain, mentor)
    asker, helper = copies_of(captain), copies_of(mentor)

    ended = race(*[lambda: ask_for_help(asker(), helper()).id] * 2)

    assert [str(one) for one in ended].count(TOO_MANY) == 1
    assert count(MentorRequest) == MOST_OPEN


def test_double_click_asks_once(captain, mentor):
    school = active_membership(captain).team.school

    for _ in range(2):
        ask(captain, school, mentor, topic=TOPIC, text="-", form_key="k")

    assert count(MentorRequest) == 1


def test_mentor_who_paused_meanwhile_is_not_asked(captain, mentor):
    offers.pause(mentor)

    with pytest.raises(RuleError, match="не берёт запросов"):
        ask_for_help(captain, mentor)


def test_mentor_without_hours_is_busy_this_month(captain, mentor):
    accepted_request(captain, mentor, hours=4)

    with pytest.raises(RuleError, match="в этом месяце занят"):
        ask_for_help(captain, mentor)


def test_closed_request_changes_no_more(asked):
    take_back(asked, asker=asked.asker)

    with pytest.raises(RuleError):
        take_back(asked, asker=asked.asker)


def test_asker_is_told_the_place_in_the_queue_and_the_usual_wait(
    captain, member, mentor, asked
):
    for days in (9, 8, 7):
        past = ask_for_help(captain, mentor, days_ago=days)
        decline(past, reason="-", actor=mentor.user)
        backdated(past, days - 2, "answered_at")
    second = ask_for_help(member, mentor)

    assert queue_of(asked) == (1, 2)
    assert queue_of(second) == (2, 2)


def test_wait_is_not_named_by_too_few_answers(asked):
    assert queue_of(asked).usual_days is None


def test_team_of_another_school_takes_its_requests_along(asked, mentor, team, admin):
    left, team.school_id = team.school_id, mentor.school_id

    offers.follow_school_of_team(team, left=left)
    db.session.commit()

    db.session.refresh(asked)
    assert asked.school_id == mentor.school_id
    assert db.session.scalar(sa.select(sa.func.count(MentorRequest.id))) == 1
