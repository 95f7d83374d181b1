"""«Застряли»: each rule at its limit, and who is never stuck."""

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CohortState
from lms.overview.progress.matrix import matrices_of, matrix_of
from lms.overview.progress.stuck import recount_all
from lms.overview.progress.troubles import Reason
from lms.review.appeals.models import Appeal, Decision, Ruling
from lms.review.appeals.services import ask_to_look_again, decide_appeal
from lms.schools.teams.permissions import active_membership
from lms.work.drafts.models import DraftField
from lms.work.drafts.services import save_field
from tests.conftest import save
from tests.history import age, sentences
from tests.works import crowd, overdue, send, send_back

pytestmark = pytest.mark.usefixtures("long_under_way")
LOOK = "Запросы названы в таблице под картой: пятеро хотят шить, их слова там."


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


def test_returned_work_of_a_withdrawn_lesson_is_nobodys_turn(
    module, cohort, team, captain, tutor
):
    overdue(send_back(send(module, captain, team), tutor).attempt.submission)
    age(30)
    module.current_revision_id = None
    db.session.commit()

    assert sentences(cohort) == []
    [row] = matrix_of(cohort).rows
    assert [(cell.text, cell.is_owed) for cell in row.cells] == [("вернули", False)]


def test_captain_left(cohort, team, captain, member):
    active_membership(captain).left_at = utcnow()
    db.session.commit()

    assert sentences(cohort, Reason.HEADLESS) == ["капитана нет, в команде 1 человек"]


def test_account_of_the_captain_is_closed(cohort, team, captain):
    captain.closed_at = utcnow()
    db.session.commit()

    said = sentences(cohort, Reason.HEADLESS)
    assert said == ["доступ капитана закрыт: Анна Седова"]


def test_team_without_people_waits_for_them_and_is_not_stuck(
    cohort, other_team, team, captain
):
    age(30)

    matrix = matrix_of(cohort)

    assert "Мост" not in [row.team.name for row in matrix.stuck]
    assert [row.team.name for row in matrix.awaited] == ["Мост"]


def test_nobody_is_offered_to_write_to_a_team_without_people(
    module, cohort, other_team, tutor, sign_in
):
    page = sign_in(tutor).get(f"/progress/{cohort.id}/").text

    assert matrix_of(cohort, team_id=other_team.id).owing(0) == 0
    assert "Ждут своих людей: 1" in page
    assert "ждём людей" in page


def test_nobody_is_offered_to_write_to_a_team_of_closed_accounts(
    cohort, team, captain, tutor, sign_in
):
    captain.closed_at = utcnow()
    db.session.commit()

    page = sign_in(tutor).get(f"/progress/{cohort.id}/").text

    assert "доступ капитана закрыт" in page
    assert "/headless" not in page


def test_page_shows_only_who_is_stuck(
    module, cohort, team, other_team, captain, other, tutor, sign_in
):
    send(module, captain, team)
    active_membership(other).is_captain = False
    db.session.commit()
    browser = sign_in(tutor)

    everybody = browser.get(f"/progress/{cohort.id}/").text
    stuck = browser.get(f"/progress/?cohort={cohort.id}&stuck=1", follow_redirects=True)

    assert "Опора" in everybody
    assert "Опора" not in stuck.text
    assert "капитана нет, в команде" in stuck.text


def test_start_page_leads_a_tutor_to_the_stuck(cohort, team, tutor, sign_in):
    recount_all()

    page = sign_in(tutor).get("/home/").text

    assert f"/progress/{cohort.id}/?stuck=1" in page


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
