"""«Застряли»: each rule at its limit, and who is never stuck."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.appeals.models import Appeal, Decision, Ruling
from lms.appeals.services import ask_to_look_again, decide_appeal
from lms.cohorts.models import CohortState
from lms.database import utcnow
from lms.drafts.models import DraftField
from lms.drafts.services import save_field
from lms.extensions import db
from lms.language import today
from lms.modules.models import ReadMark
from lms.progress.matrix import matrices_of, matrix_of, stuck_teams
from lms.progress.troubles import Reason
from lms.quizzes.models import QuizResult
from lms.reviews.models import Review
from lms.submissions.models import Attempt
from lms.submissions.services import start_submission
from lms.teams.permissions import active_membership
from lms.threads.models import Message, Voice
from tests.conftest import member_of, person, save
from tests.merits import pass_quiz
from tests.works import accept, crowd, overdue, send, send_back

LOOK = "Запросы названы в таблице под картой: пятеро хотят шить, их слова там."
MOMENTS = [
    DraftField.saved_at,
    Attempt.sent_at,
    Review.released_at,
    QuizResult.taken_at,
    ReadMark.read_at,
]


def days_ago(days):
    return utcnow() - timedelta(days=days)


def age(days, *moments):
    """Let everything that was done so far have happened some days ago."""
    for moment in moments or MOMENTS:
        table = moment.class_.__table__
        db.session.execute(sa.update(table).values({moment.key: days_ago(days)}))
    db.session.commit()
    db.session.expire_all()


@pytest.fixture(autouse=True)
def long_under_way(cohort, module, captain):
    """The cohort opened long ago, and so did its module; the captain came then."""
    cohort.opened_at = days_ago(100)
    active_membership(captain).joined_at = days_ago(100)
    cohort.rows[0].opens_on = today() - timedelta(days=60)
    db.session.commit()


def sentences(cohort, reason=None):
    """Why teams are stuck, in words."""
    found = matrix_of(cohort).troubles
    reasons = [reason] if reason else list(found)
    return [
        trouble.sentence.replace("\xa0", " ")
        for reason in reasons
        for _, trouble in found.get(reason, [])
    ]


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


@pytest.mark.parametrize("state", [CohortState.PLANNED, CohortState.CLOSED])
def test_only_a_cohort_under_way_has_stuck_teams(state, cohort, team):
    cohort.state = state
    db.session.commit()

    assert sentences(cohort) == []


@pytest.mark.parametrize(("days", "is_stuck"), [(9, False), (10, True)])
def test_returned_and_untouched(days, is_stuck, module, cohort, team, captain, tutor):
    send_back(send(module, captain, team), tutor)
    age(days)

    said = sentences(cohort, Reason.RETURNED)
    assert bool(said) is is_stuck
    assert all("вернули" in s and "10 дней её не правят" in s for s in said)


def test_returned_work_that_is_being_mended_is_not_stuck(
    module, cohort, team, captain, tutor
):
    work = send_back(send(module, captain, team), tutor).attempt.submission
    age(20)
    save_field(work, "zaprosy", "Семеро", base_version=1, author=captain)

    assert sentences(cohort) == []


def test_returned_work_that_was_mended_and_left(module, cohort, team, captain, tutor):
    send_back(send(module, captain, team), tutor)
    age(25)
    age(12, DraftField.saved_at)

    [sentence] = sentences(cohort, Reason.RETURNED)
    assert sentence.endswith("последнее действие 12 дней назад")


def test_work_that_another_tutor_looks_at_again_is_not_the_teams_turn(
    module, cohort, team, captain, tutor, tutor2
):
    review = send_back(send(module, captain, team), tutor)
    age(30)
    overdue(review.attempt.submission)
    appeal = ask_to_look_again(review, LOOK, member=captain)
    age(20, Appeal.asked_at)

    assert sentences(cohort) == []
    [row] = matrix_of(cohort).rows
    assert row.cells[0].text == "просят пересмотреть"
    assert appeal.ruling is None


def test_kept_decision_gives_the_team_time_anew(
    module, cohort, team, captain, tutor, tutor2
):
    review = send_back(send(module, captain, team), tutor)
    appeal = ask_to_look_again(review, LOOK, member=captain)
    words = "Таблица есть, но слов ребят в ней нет: критерий ждёт именно их."
    decide_appeal(appeal, decision=Decision.KEPT, words=words, tutor=tutor2)
    age(30)
    age(3, Ruling.decided_at)
    fresh = sentences(cohort, Reason.RETURNED)
    age(11, Ruling.decided_at)

    assert (fresh, len(sentences(cohort, Reason.RETURNED))) == ([], 1)


def test_question_to_the_tutor_is_movement(module, cohort, team, captain, tutor):
    work = send_back(send(module, captain, team), tutor).attempt.submission
    age(30)
    said = {"text": "А что мало?", "voice": Voice.OWNER, "form_token": "t"}
    save(Message(submission_id=work.id, author_id=captain.id, **said))

    assert sentences(cohort) == []


def test_answer_of_the_tutor_is_not(module, cohort, team, captain, tutor):
    work = send_back(send(module, captain, team), tutor).attempt.submission
    age(30)
    said = {"text": "Ответ", "voice": Voice.TUTOR, "form_token": "t"}
    save(Message(submission_id=work.id, author_id=tutor.id, **said))

    assert len(sentences(cohort)) == 2


def test_captain_left(cohort, team, captain, member):
    active_membership(captain).left_at = utcnow()
    db.session.commit()

    assert sentences(cohort, Reason.HEADLESS) == ["капитана нет, в команде 1 человек"]


def test_account_of_the_captain_is_closed(cohort, team, captain):
    captain.closed_at = utcnow()
    db.session.commit()

    said = sentences(cohort, Reason.HEADLESS)
    assert said == ["доступ капитана закрыт: Анна Седова"]


def test_empty_team_is_headless_and_not_quiet(cohort, other_team, team, captain):
    age(1)
    stuck = {row.team.name: row.troubles for row in matrix_of(cohort).stuck}

    assert [trouble.reason for trouble in stuck["Мост"]] == [Reason.HEADLESS]


def test_page_shows_only_who_is_stuck(
    module, cohort, team, other_team, captain, tutor, sign_in
):
    send(module, captain, team)
    browser = sign_in(tutor)

    everybody = browser.get(f"/progress/{cohort.id}/").text
    stuck = browser.get(f"/progress/?cohort={cohort.id}&stuck=1", follow_redirects=True)

    assert "Опора" in everybody
    assert "Опора" not in stuck.text
    assert "в команде сейчас никого нет" in stuck.text


def test_start_page_leads_a_tutor_to_the_stuck(cohort, team, tutor, sign_in):
    page = sign_in(tutor).get("/home/").text

    assert f"/progress/{cohort.id}/?stuck=1" in page


def test_only_cohorts_of_the_person_count(cohort, team, tutor, other_tutor):
    assert stuck_teams(tutor) == [(cohort, 1)]
    assert stuck_teams(other_tutor) == []


def test_facts_cost_the_same_for_any_number_of_teams_and_cohorts(
    module, cohort, captain, tutor, count_statements
):
    def cost(cohorts):
        db.session.commit()
        names = [cohort.name for cohort in cohorts]
        with count_statements() as statements:
            matrices_of(cohorts)
        return len(names) and len(statements)

    before = cost([cohort])
    second = save(type(cohort)(name="Два", calendar="two_years", starts_on=today()))
    crowd(module, second, captain, 20)

    assert cost([cohort, second]) == before <= 8
