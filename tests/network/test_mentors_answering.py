"""What may happen to a request that was asked, and who is first of two."""

from datetime import timedelta

import pytest

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.network.mentors.answering import (
    accept,
    arrange,
    decline,
    hand_over,
    tell_result,
)
from lms.network.mentors.asking import leave_to_coordinator
from lms.network.mentors.hours import free_hours
from lms.network.mentors.models import Ending, RequestState
from lms.network.mentors.moves import MOVED_ON
from lms.network.mentors.permissions import is_mentor
from tests.conftest import copies_of, letters
from tests.mentors import (
    ask_for_help,
    backdated,
    offer_help,
)


def meet(asked, *, days=3, actor=None):
    arrange(
        asked,
        meets_at=utcnow() + timedelta(days=days),
        minutes=60,
        place="Школа",
        actor=actor or asked.asker,
    )
    db.session.refresh(asked)


def test_hours_are_taken_from_the_month_of_the_meeting(promised, mentor):
    left = (today().replace(day=28) + timedelta(days=10)).replace(day=10)

    meet(promised, days=(left - today()).days)

    assert free_hours([mentor]) == {mentor.id: 4}
    assert free_hours([mentor], left) == {mentor.id: 3}


def test_promise_over_the_month_is_refused(asked, mentor):
    with pytest.raises(RuleError, match="4\N{NO-BREAK SPACE}свободных часа"):
        accept(asked, hours=5, words="", actor=mentor.user)


def test_two_promises_at_once_do_not_go_over_the_month(race, captain, mentor):
    both = [copies_of(ask_for_help(captain, mentor)) for _ in range(2)]

    def promise(load):
        request = load()
        accept(request, hours=3, words="", actor=request.mentor.user)

    ended = race(*[lambda load=load: promise(load) for load in both])

    assert sum(isinstance(one, RuleError) for one in ended) == 1
    assert free_hours([mentor]) == {mentor.id: 1}


def test_request_is_accepted_or_declined_once(race, asked, mentor):
    load, helper = copies_of(asked), copies_of(mentor.user)

    ended = race(
        lambda: accept(load(), hours=1, words="Да.", actor=helper()),
        lambda: decline(load(), reason="Нет.", actor=helper()),
    )

    assert [str(one) for one in ended].count(MOVED_ON) == 1
    db.session.refresh(asked)
    assert (asked.state, asked.answer) in {
        (RequestState.ACCEPTED, "Да."),
        (RequestState.DECLINED, "Нет."),
    }


def test_asker_learns_of_the_answer(asked, mentor):
    decline(asked, reason="Уезжаю на курсы.", actor=mentor.user)

    letter = letters()[-1]
    assert letter["to"] == asked.asker.email
    assert "Уезжаю на курсы." in letter["text"]


def test_declined_request_is_left_to_the_coordinator(asked, mentor):
    decline(asked, reason="Нет.", actor=mentor.user)

    leave_to_coordinator(asked, asker=asked.asker)

    db.session.refresh(asked)
    assert (asked.mentor, asked.state) == (None, RequestState.HANDED)


def test_request_is_handed_over_after_two_weeks_and_keeps_its_first_day(
    asked, mentor, coordinator, third_mentor
):
    with pytest.raises(RuleError, match="через 14 дней"):
        hand_over(asked, third_mentor, actor=coordinator)
    first = backdated(asked, 14, "asked_at", "held_since").asked_at

    hand_over(asked, third_mentor, actor=coordinator)

    db.session.refresh(asked)
    assert (asked.mentor, asked.asked_at) == (third_mentor, first)
    assert asked.chosen == mentor
    assert asked.held_since > first


def test_request_without_a_mentor_is_handed_over_at_once(captain, mentor, coordinator):
    asked = ask_for_help(captain, None)

    hand_over(asked, mentor, actor=coordinator)

    assert letters()[-1]["to"] == mentor.user.email


def test_request_is_not_handed_to_the_own_school(member, captain, coordinator, mentor):
    asked = ask_for_help(captain, None)

    with pytest.raises(RuleError, match="той же школы"):
        hand_over(asked, offer_help(member), actor=coordinator)


def test_request_handed_over_while_the_mentor_answers_goes_one_way(
    race, asked, mentor, coordinator, third_mentor
):
    backdated(asked, 20, "held_since")
    load, other = copies_of(asked), copies_of(third_mentor)
    leader, helper = copies_of(coordinator), copies_of(mentor.user)

    def answer():
        request, person = load(), helper()
        if not is_mentor(person, request):
            raise RuleError("As the page would say.")
        accept(request, hours=1, words="", actor=person)

    ended = race(answer, lambda: hand_over(load(), other(), actor=leader()))

    assert sum(isinstance(one, RuleError) for one in ended) == 1


def test_meeting_is_set_and_moved_by_either_side(promised, mentor):
    meet(promised)
    meet(promised, days=5, actor=mentor.user)

    assert promised.state is RequestState.ARRANGED
    assert promised.sequence == 2


def test_meeting_is_not_set_in_the_past(promised):
    with pytest.raises(RuleError, match="уже прошло"):
        meet(promised, days=-1)


def test_result_of_both_sides_closes(race, promised, mentor):
    load, helper, asker = map(copies_of, (promised, mentor.user, promised.asker))

    race(
        lambda: tell_result(load(), by_mentor=True, result="Раз.", actor=helper()),
        lambda: tell_result(
            load(), by_mentor=False, result="Два.", rating=5, actor=asker()
        ),
    )

    db.session.refresh(promised)
    assert (promised.state, promised.ending) == (RequestState.CLOSED, Ending.BOTH)
    assert (promised.mentor_result, promised.asker_result) == ("Раз.", "Два.")
    assert promised.rating == 5


def test_result_of_one_side_leaves_it_open(promised, mentor):
    tell_result(promised, by_mentor=True, result="Раз.", actor=mentor.user)

    db.session.refresh(promised)
    assert promised.is_under_way
    assert promised.result_at
