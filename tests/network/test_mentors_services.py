"""What may happen to a request, in what state, and who is first of two."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.network.mentors import offers
from lms.network.mentors.answering import (
    accept,
    arrange,
    decline,
    hand_over,
    tell_result,
)
from lms.network.mentors.asking import (
    MOST_OPEN,
    OWN_SCHOOL,
    TOO_MANY,
    ask,
    leave_to_coordinator,
    take_back,
)
from lms.network.mentors.hours import free_hours
from lms.network.mentors.models import Ending, MentorRequest, RequestState
from lms.network.mentors.moves import MOVED_ON
from lms.network.mentors.permissions import is_mentor
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


@pytest.fixture
def asked(captain, mentor):
    return ask_for_help(captain, mentor)


@pytest.fixture
def promised(captain, mentor):
    return accepted_request(captain, mentor)


def meet(asked, *, days=3, actor=None):
    arrange(
        asked,
        meets_at=utcnow() + timedelta(days=days),
        minutes=60,
        place="Школа",
        actor=actor or asked.asker,
    )
    db.session.refresh(asked)


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
