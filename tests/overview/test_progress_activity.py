"""Two weeks without movement: what counts as movement, and for whom."""

from datetime import timedelta

import pytest

from lms.core.extensions import db
from lms.core.language import today
from lms.course.modules.models import ReadMark
from lms.overview.progress.matrix import matrix_of
from lms.overview.progress.troubles import Reason
from lms.review.threads.models import Message, Voice
from lms.schools.teams.permissions import active_membership
from lms.work.drafts.services import save_field
from lms.work.submissions.services import start_submission
from tests.achievements import pass_quiz
from tests.conftest import member_of, person, save
from tests.history import age, days_ago, sentences
from tests.questions import ask
from tests.works import accept, send, send_back
from tests.years import join_another_cohort

pytestmark = pytest.mark.usefixtures("long_under_way")


def test_nobody_did_anything(cohort, team):
    assert sentences(cohort) == [
        "60 дней без движения, никто ещё ничего не писал и не читал"
    ]


@pytest.mark.parametrize(("days", "is_stuck"), [(13, False), (14, True)])
def test_quiet_team_is_stuck_after_two_weeks(
    days, is_stuck, module, cohort, team, captain
):
    work = start_submission(module, user=captain, team=team)
    save_field(work, "zaprosy", "Пятеро", base_version=0, author=captain)
    age(days)

    said = sentences(cohort, Reason.QUIET)
    assert bool(said) is is_stuck
    assert all(s.startswith("14 дней без движения, последнее дейст") for s in said)
    assert all(s.endswith("Анна Седова") for s in said)


def test_self_check_of_one_member_is_movement(module, cohort, team, captain):
    age(30)
    pass_quiz(captain, module, percent=20)

    assert sentences(cohort) == []


def test_reading_is_movement(module, cohort, team, captain):
    save(ReadMark(user_id=captain.id, module_id=module.id))

    assert sentences(cohort) == []


def test_what_others_do_is_not_movement_of_this_team(module, cohort, team, other):
    active_membership(other).joined_at = days_ago(100)
    db.session.commit()
    pass_quiz(other, module)

    stuck = [row.team.name for row in matrix_of(cohort).stuck]
    assert stuck == ["Опора"]


def test_newcomer_gives_the_team_time(cohort, team, captain):
    member_of(team, person("Ли Ян", "li@example.org"))

    assert sentences(cohort) == []


def test_team_that_waits_for_its_tutor_is_not_stuck(module, cohort, team, captain):
    send(module, captain, team)
    age(40)

    assert sentences(cohort) == []


def test_team_that_has_done_what_is_open_is_not_stuck(
    module, cohort, team, captain, tutor
):
    accept(send(module, captain, team), tutor)
    age(40)

    assert sentences(cohort) == []


def test_closed_lesson_and_optional_work_hold_nobody(cohort, module, team):
    cohort.rule = cohort.rule | {"modules": []}
    db.session.commit()
    optional = sentences(cohort)
    cohort.rows[0].opens_on = today() + timedelta(days=1)
    db.session.commit()

    assert (optional, sentences(cohort)) == ([], [])


def test_question_to_the_tutor_is_movement(module, cohort, team, captain, tutor):
    work = send_back(send(module, captain, team), tutor).attempt.submission
    age(30)
    said = {"text": "А что мало?", "voice": Voice.OWNER, "form_key": "t"}
    save(Message(submission_id=work.id, author_id=captain.id, **said))

    assert sentences(cohort) == []


def test_answer_of_the_tutor_is_not(module, cohort, team, captain, tutor):
    work = send_back(send(module, captain, team), tutor).attempt.submission
    age(30)
    said = {"text": "Ответ", "voice": Voice.TUTOR, "form_key": "t"}
    save(Message(submission_id=work.id, author_id=tutor.id, **said))

    assert len(sentences(cohort)) == 2


def test_self_check_for_another_cohort_is_no_movement(module, cohort, team, captain):
    second = join_another_cohort(captain.email, is_shown=True)
    age(30)
    pass_quiz(captain, module, cohort_id=second.cohort_id)

    assert sentences(cohort) == [
        "60 дней без движения, никто ещё ничего не писал и не читал"
    ]


def test_question_about_a_lesson_moves_the_team_that_asks(
    module, cohort, team, captain
):
    second = join_another_cohort(captain.email, is_shown=True)
    ask(module, second.team, captain)
    quiet = sentences(cohort)

    ask(module, team, captain)

    assert (len(quiet), sentences(cohort)) == (1, [])
