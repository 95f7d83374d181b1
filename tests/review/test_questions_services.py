"""Questions about a lesson: who asks, who sees, who answers, and where they stand."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.models import CohortState
from lms.review.questions import services
from lms.review.questions.listing import interest_in, questions_of, shared_of
from lms.review.questions.models import Answer, Question, Shared, State
from lms.review.questions.permissions import shown_questions, visible_questions
from lms.review.threads.waiting import AboutLesson, questions_for, rows_of, waiting_for
from lms.schools.members.services import leave_team
from lms.schools.teams.permissions import active_membership
from tests.conftest import copies_of, count
from tests.questions import ANCHOR, ANOTHER, HEADING, ask, republish
from tests.sample_course import LESSON


def seen_by(user, query=visible_questions):
    return db.session.scalars(query(user)).all()


def titles(chapters):
    return [chapter.place.title if chapter.place else None for chapter in chapters]


@pytest.mark.parametrize("name", ["captain", "tutor", "admin"])
def test_team_and_its_tutors_see_a_question(question, request, name):
    assert seen_by(request.getfixturevalue(name)) == [question]


@pytest.mark.parametrize("name", ["other", "other_tutor"])
def test_other_teams_never_see_a_question(shared, request, name):
    assert seen_by(request.getfixturevalue(name)) == []


def test_place_of_a_shared_question_is_shown_to_another_team(answered, other, tutor):
    before = seen_by(other, shown_questions)

    services.share(answered, "Сколько?", "Пять.", tutor=tutor)

    assert (before, seen_by(other, shown_questions)) == ([], [answered])


def test_who_left_keeps_only_what_they_asked(question, module, team, captain, member):
    ask(module, team, captain, "А кто ведёт?")

    leave_team(active_membership(member), actor=captain)

    assert seen_by(member) == [question]
    assert len(seen_by(captain)) == 2


@pytest.mark.parametrize("text", ["", " \n", "ы" * 2001])
def test_text_that_is_empty_or_too_long_is_refused(module, team, member, text):
    with pytest.raises(RuleError):
        ask(module, team, member, text)

    assert count(Question) == 0


def test_place_that_the_lesson_does_not_have_is_refused(module, team, member):
    with pytest.raises(RuleError, match="Такого места"):
        services.ask(module.current_revision, "net", "Где?", author=member, team=team)


def test_tenth_open_question_is_the_last_one(module, team, member, captain, tutor):
    asked = [ask(module, team, member, f"Вопрос {n}") for n in range(10)]
    with pytest.raises(RuleError, match="уже 10 вопросов"):
        ask(module, team, member, "Одиннадцатый")

    ask(module, team, captain, "Другого человека предел не касается")
    services.answer(asked[0], "Да.", tutor=tutor)
    ask(module, team, member, "Одиннадцатый")

    assert count(Question) == 12


def test_limit_holds_for_two_windows(module, team, member, race):
    for number in range(9):
        ask(module, team, member, f"Вопрос {number}")
    revision, team_now, author = map(copies_of, (module.current_revision, team, member))

    def press():
        who = {"author": author(), "team": team_now()}
        services.ask(revision(), ANCHOR, "Ещё один", **who)

    race(press, press)

    assert count(Question) == 10


def test_double_press_asks_once(module, team, member):
    first, second = (ask(module, team, member, form_key="k") for _ in "12")

    assert (first.id, count(Question)) == (second.id, 1)


def test_closed_cohort_only_reads(question, module, cohort, team, member, tutor):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    with pytest.raises(RuleError, match="Поток завершён"):
        ask(module, team, member, "А теперь?")
    with pytest.raises(RuleError, match="Поток завершён"):
        services.answer(question, "Нет.", tutor=tutor)
    assert waiting_for(tutor).total == 0


def test_first_answer_ends_the_waiting(question, tutor, tutor2):
    services.answer(question, "Пяти хватит.", tutor=tutor)
    db.session.refresh(question)
    moment = question.answered_at
    services.answer(question, "Поправка: шести.", tutor=tutor2)

    db.session.refresh(question)
    assert (question.state, question.answered_at) == (State.ANSWERED, moment)
    assert [said.author for said in question.answers] == [tutor, tutor2]


def test_answer_never_changes(answered):
    answered.answers[0].text = "Иначе."

    with pytest.raises(TypeError):
        db.session.commit()
    db.session.rollback()
    assert count(Answer) == 1


def test_question_waits_for_its_teams_tutor_first(question, team, tutor, tutor2):
    team.tutor = tutor
    db.session.commit()

    assert (waiting_for(tutor).total, waiting_for(tutor).mine) == (1, 1)
    assert (waiting_for(tutor2).total, waiting_for(tutor2).mine) == (1, 0)
    (row,) = rows_of(db.session.scalars(questions_for(tutor2)))
    assert row == AboutLesson(question)


def test_answered_question_waits_for_nobody(answered, tutor, other_tutor):
    assert waiting_for(tutor).total == waiting_for(other_tutor).total == 0


def test_unanswered_question_is_not_shared(question, tutor):
    with pytest.raises(RuleError, match="Сначала ответьте"):
        services.share(question, "Сколько?", "Пять.", tutor=tutor)


def test_general_version_is_corrected_and_taken_away(shared, module, tutor):
    services.share(shared, "Сколько?", "Шесть.", tutor=tutor)
    (chapter,) = shared_of(module, module.current_revision)
    services.withdraw_shared(shared, tutor=tutor)
    services.withdraw_shared(shared, tutor=tutor)

    assert [known.answer for known in chapter.items] == ["Шесть."]
    assert shared_of(module, module.current_revision) == []
    assert (count(Shared), count(Answer)) == (0, 1)


def test_renamed_heading_keeps_its_questions(shared, module, member):
    republish(LESSON.replace(HEADING, f"## {ANOTHER}"))
    db.session.refresh(module)

    assert titles(shared_of(module, module.current_revision)) == [ANOTHER]
    assert titles(questions_of(module, member)) == [ANOTHER]


def test_removed_heading_sends_its_questions_under_earlier(shared, module, tutor):
    before, rest = LESSON.split(HEADING)
    republish(before + rest[rest.index("## Кого звать") :])
    db.session.refresh(module)

    assert titles(shared_of(module, module.current_revision)) == [None]
    assert [one.title for one in interest_in(module, tutor)] == ["Раньше"]
