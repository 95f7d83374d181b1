"""What may be said beside a work, and who then waits for whom."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.models import CohortState
from lms.review.threads.models import Message, SeenMark, Thread, Voice
from lms.review.threads.services import About, mark_seen, settle_thread, write_message
from lms.review.threads.waiting import questions_for, unread_answers, waiting_for
from lms.work.submissions.models import Status
from lms.work.submissions.services import start_submission
from tests.conftest import copies_of, count
from tests.works import send, send_back


@pytest.fixture
def work(module, captain, team):
    """The draft of «Опора»."""
    return start_submission(module, user=captain, team=team)


@pytest.fixture
def review(module, captain, team, tutor):
    """What the tutor said when the work came back."""
    return send_back(send(module, captain, team), tutor)


def say(work, author, text="Сколько запросов нужно?", *, seen=0, token="", about=None):
    token = token or f"{author.id}-{count(Message)}"
    return write_message(
        work, text, author=author, seen=seen, form_key=token, about=about
    )


def thread_of(work):
    return db.session.get(Thread, work.id, populate_existing=True)


def test_question_waits_for_the_tutors_of_the_cohort(work, captain, tutor, tutor2):
    message = say(work, captain, "  Сколько запросов?\n\nНас двое.  ")

    assert (message.voice, message.text) == (
        Voice.OWNER,
        "Сколько запросов?\n\nНас двое.",
    )
    assert thread_of(work).asked_at == message.written_at
    assert waiting_for(tutor).total == waiting_for(tutor2).total == 1


def test_answer_settles_the_question(work, captain, tutor):
    question = say(work, captain)

    answer = say(work, tutor, "Трёх хватит.", seen=question.id)

    assert answer.voice is Voice.TUTOR
    assert thread_of(work).asked_at is None
    assert waiting_for(tutor).total == 0


def test_answer_settles_only_what_was_on_the_page(work, captain, member, tutor):
    question = say(work, captain)
    second = say(work, member, "И ещё: чьи?")

    say(work, tutor, "Трёх хватит.", seen=question.id)

    assert thread_of(work).asked_at == second.written_at


def test_reviewer_is_asked_first(review, captain, tutor, tutor2):
    work = review.attempt.submission

    message = say(work, captain, about=About(review.id, "svyaz"))

    assert message.level["title"] == "Связь с запросами"
    assert waiting_for(tutor).mine == 1
    assert (waiting_for(tutor2).total, waiting_for(tutor2).mine) == (1, 0)


def test_question_changes_nothing_about_the_work(review, captain):
    work = review.attempt.submission
    before = (work.status, work.due_on, work.returned_by_id)

    say(work, captain, about=About(review.id))

    db.session.refresh(work)
    assert (work.status, work.due_on, work.returned_by_id) == before


def test_what_asks_me_stands_first(review, captain, tutor, tutor2, other, other_team):
    older = start_submission(
        review.attempt.revision.module, user=other, team=other_team
    )
    say(older, other)
    say(review.attempt.submission, captain, about=About(review.id))

    order = [row.submission_id for row in db.session.scalars(questions_for(tutor))]

    assert order == [review.attempt.submission_id, older.id]


@pytest.mark.parametrize("criterion", ["net", ""])
def test_only_criteria_of_the_review_can_be_asked_about(review, captain, criterion):
    with pytest.raises(RuleError, match="Такого отзыва"):
        say(review.attempt.submission, captain, about=About(review.id, criterion))

    assert count(Message) == 0


def test_review_of_another_work_cannot_be_asked_about(review, other, other_team):
    module = review.attempt.revision.module
    work = start_submission(module, user=other, team=other_team)

    with pytest.raises(RuleError, match="Такого отзыва"):
        say(work, other, about=About(review.id))


@pytest.mark.parametrize("text", ["", "  \n ", "ы" * 4001])
def test_empty_and_endless_messages_are_refused(work, captain, text):
    with pytest.raises(RuleError):
        say(work, captain, text)


def test_closed_cohort_is_for_reading(work, captain, cohort):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    with pytest.raises(RuleError, match="только читать"):
        say(work, captain)


@pytest.mark.parametrize("status", list(Status))
def test_people_talk_in_any_state_of_the_work(work, captain, tutor, status):
    work.status = status
    db.session.commit()

    say(work, captain)
    say(work, tutor, "Трёх.")

    assert count(Message) == 2


def test_message_never_changes(work, captain):
    message = say(work, captain)
    message.text = "Другое"

    with pytest.raises(TypeError, match="never changes"):
        db.session.commit()


def test_same_form_sent_twice_is_one_message(race, work, captain):
    find_work, find_author = copies_of(work), copies_of(captain)

    def press():
        return say(find_work(), find_author(), token="once").id

    first, second = race(press, press)

    assert first == second
    assert count(Message) == 1


def test_two_members_begin_a_thread_at_once(race, work, captain, member):
    find_work, one, two = copies_of(work), copies_of(captain), copies_of(member)

    race(
        lambda: say(find_work(), one(), token="one"),
        lambda: say(find_work(), two(), token="two"),
    )

    assert count(Message) == 2
    assert count(Thread) == 1


def test_thanks_need_no_answer(work, captain, tutor):
    thanks = say(work, captain, "Спасибо.")

    settle_thread(work, tutor=tutor, seen=thanks.id)

    assert waiting_for(tutor).total == 0


def test_nobody_settles_what_is_not_written_yet(work, captain, tutor):
    say(work, captain, "Спасибо.")
    settle_thread(work, tutor=tutor, seen=10**6)

    say(work, captain, "А сколько запросов?")

    assert waiting_for(tutor).total == 1


def test_request_to_explain_needs_an_answer(review, captain, tutor):
    work = review.attempt.submission
    question = say(work, captain, about=About(review.id))

    with pytest.raises(RuleError, match="нужен ответ"):
        settle_thread(work, tutor=tutor, seen=question.id)

    assert thread_of(work).asked_at == question.written_at


def test_member_who_has_not_read_the_answer_is_told(work, captain, member, tutor):
    answer = say(work, tutor, "Трёх.", seen=say(work, captain).id)

    def unread(user):
        since = work.created_at
        return [row.message.id for row in unread_answers(user, since=since)]

    assert unread(captain) == unread(member) == [answer.id]
    mark_seen(work, reader=member, up_to=answer.id)
    assert (unread(captain), unread(member)) == ([answer.id], [])


def test_mark_never_goes_back_or_ahead(work, captain, member):
    first = say(work, captain).id
    mark_seen(work, reader=member, up_to=999_999)
    mark_seen(work, reader=member, up_to=0)

    assert db.session.get(SeenMark, (work.id, member.id)).up_to == first


def test_two_windows_mark_at_once(race, work, captain, member):
    newest, find_work, find = say(work, captain).id, copies_of(work), copies_of(member)

    def read():
        return mark_seen(find_work(), reader=find(), up_to=newest)

    assert race(read, read) == [None, None]
    assert count(SeenMark) == 2


def test_tutor_of_another_cohort_owes_no_answer(work, captain, other_tutor):
    say(work, captain)

    assert waiting_for(other_tutor).total == 0


def test_admin_answers_too(work, captain, admin):
    answer = say(work, admin, "Спросите тьютора.", seen=say(work, captain).id)

    assert answer.voice is Voice.ADMIN
    assert waiting_for(admin).total == 0
