"""What a returned work has to answer, who ticked it, and what goes with the work."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.review.reviews.checklist import (
    answered_checklist,
    checklist_of,
    returned_checklist,
)
from lms.review.reviews.judgement import Judgement, Mark, Note
from lms.review.reviews.models import Verdict
from lms.review.reviews.services import release_review, reviews_of
from lms.work.drafts.sending import send_attempt
from lms.work.submissions.services import attempts_of
from lms.work.ticks.models import SentTick, Tick
from lms.work.ticks.services import sent_ticks_of, tick, ticks_of, untick
from tests.conftest import copies_of, count
from tests.works import accept, judged, send, send_back


@pytest.fixture
def attempt(module, captain, team):
    return send(module, captain, team)


@pytest.fixture
def returned(attempt, tutor):
    """The attempt that came back: one criterion is not met, the other is."""
    send_back(attempt, tutor)
    return attempt


def release(attempt, tutor, judgement):
    verdict = Verdict.RETURNED
    return release_review(attempt, judgement, verdict=verdict, tutor=tutor)


def items(attempt, review):
    return checklist_of(attempt, review, ticks_of(attempt)).items


def test_exactly_what_was_not_met_is_asked_for(attempt, tutor):
    review = release(attempt, tutor, judged(svyaz=2, pary=2, remark="Чьи?"))

    checklist = checklist_of(attempt, review, {})

    (item,) = checklist.items
    assert (item.key, item.score, item.remark) == ("svyaz", "2 из 3", "Чьи?")
    assert item.fields == ("zaprosy",)
    assert [level["key"] for level in checklist.met] == ["pary"]


def test_remark_to_words_is_a_line_of_its_own(attempt, tutor):
    note = Note(id="a/1", field="pary", quote="Швея", at=0, text="Когда?")
    judgement = Judgement({"svyaz": Mark(3), "pary": Mark(2)}, "Ещё.", (note,))

    (item,) = items(attempt, release(attempt, tutor, judgement))

    assert (item.key, item.quote, item.remark) == ("note.1", "Швея", "Когда?")
    assert item.fields == ("pary",)


def test_work_that_met_everything_answers_the_words_of_the_tutor(attempt, tutor):
    review = release(attempt, tutor, judged(summary="Приложите согласия."))

    (item,) = items(attempt, review)

    assert (item.key, item.remark) == ("summary", "Приложите согласия.")


def test_first_who_ticked_stays_named(returned, captain, member):
    tick(returned, "svyaz", member=captain)
    tick(returned, "svyaz", member=member)

    assert ticks_of(returned)["svyaz"].ticked_by == captain


def test_any_member_takes_a_tick_away(returned, captain, member):
    tick(returned, "svyaz", member=captain)

    untick(returned, "svyaz", member=member)

    assert ticks_of(returned) == {}


def test_two_members_tick_at_once(race, returned, captain, member):
    attempt, first, second = copies_of(returned), copies_of(captain), copies_of(member)

    outcomes = race(
        lambda: tick(attempt(), "svyaz", member=first()),
        lambda: tick(attempt(), "svyaz", member=second()),
    )

    assert outcomes == [None, None]
    assert count(Tick) == 1


def test_ticks_go_with_the_work_and_never_change(returned, module, captain, team):
    tick(returned, "svyaz", member=captain)

    second = send(module, captain, team, zaprosy="Спросили шестерых.")

    assert count(Tick) == 0
    sent = sent_ticks_of(second)["svyaz"]
    sent.item = "pary"
    with pytest.raises(TypeError, match="never changes"):
        db.session.commit()


def test_sent_work_is_ticked_no_more(returned, captain):
    tick(returned, "svyaz", member=captain)
    send_attempt(returned.submission, author=captain)

    with pytest.raises(RuleError, match="отметки больше не меняются"):
        untick(returned, "svyaz", member=captain)

    assert count(SentTick) == 1


def test_accepted_work_is_ticked_no_more(attempt, tutor, captain):
    accept(attempt, tutor)

    with pytest.raises(RuleError, match="отметки больше не меняются"):
        tick(attempt, "svyaz", member=captain)


def test_second_return_begins_a_fresh_list(returned, captain, tutor):
    work = returned.submission
    tick(returned, "svyaz", member=captain)
    second = send_attempt(work, author=captain)
    send_back(second, tutor)

    with pytest.raises(RuleError, match="вернули ещё раз"):
        tick(returned, "svyaz", member=captain)

    attempts = attempts_of(work)
    reviews = reviews_of(attempts)
    assert len(returned_checklist(attempts, reviews).open_items) == 1
    assert answered_checklist(attempts, reviews, second).open_items == []


def test_tick_and_sending_at_once_lose_nothing(race, returned, captain):
    attempt, person = copies_of(returned), copies_of(captain)

    ticked, _ = race(
        lambda: tick(attempt(), "svyaz", member=person()),
        lambda: send_attempt(attempt().submission, author=person()),
    )

    assert count(Tick) == 0
    assert count(SentTick) == (0 if isinstance(ticked, RuleError) else 1)


def test_words_beside_the_button(returned, captain):
    review = reviews_of([returned])[returned.id]
    before = checklist_of(returned, review, {})
    tick(returned, "svyaz", member=captain)
    after = checklist_of(returned, review, ticks_of(returned))

    assert before.count == "Отмечено 0 из 1 замечания."
    assert before.reminder.startswith("1\N{NO-BREAK SPACE}замечание не отмечено.")
    assert after.reminder == "Все замечания отмечены."
