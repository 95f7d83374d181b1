"""What the state of a cohort means for its teams."""

import pytest

from lms.core.errors import RuleError
from lms.course.cohorts.models import CohortState
from lms.work.drafts.sending import send_attempt
from lms.work.drafts.services import save_field
from lms.work.submissions.models import Status
from lms.work.submissions.services import start_submission
from tests.conftest import save


@pytest.fixture
def browser(sign_in, captain):
    return sign_in(captain)


@pytest.fixture
def work(module, team, captain):
    """A work that is ready to be sent."""
    work = start_submission(module, user=captain, team=team)
    save_field(work, "zaprosy", "Пятеро хотят шить.", base_version=0, author=captain)
    return work


@pytest.fixture
def become(cohort):
    """Return a function that puts the cohort into a state."""

    def set_state(state):
        cohort.state = state
        save(cohort)

    return set_state


def test_team_of_a_planned_cohort_reads_nothing_yet(browser, module, become):
    become(CohortState.PLANNED)

    page = browser.get(f"/modules/{module.slug}/").text
    assert "Откроется, когда начнётся поток" in page
    assert "Карта запросов" not in page
    assert "откроется" in browser.get("/home/").text


def test_team_of_a_planned_cohort_is_led_to_no_lesson(browser, module, become):
    become(CohortState.PLANNED)

    assert f'href="/modules/{module.slug}/"' not in browser.get("/modules/").text


def test_team_of_a_planned_cohort_starts_nothing(module, team, captain, become):
    become(CohortState.PLANNED)

    with pytest.raises(RuleError, match="ещё не открыто"):
        start_submission(module, user=captain, team=team)


def test_team_of_an_ended_cohort_reads_on(browser, module, work, team, become):
    become(CohortState.CLOSED)

    assert browser.get(f"/modules/{module.slug}/").status_code == 200
    assert browser.get(f"/submissions/{work.id}/").status_code in {200, 302}


def test_team_of_an_ended_cohort_is_offered_nothing_to_start(browser, module, become):
    start = f"/submissions/start/{module.slug}"
    assert start in browser.get(f"/modules/{module.slug}/").text

    become(CohortState.CLOSED)

    assert "Поток завершён, новых ответов уже не ждут" in browser.get("/home/").text
    for page in ("/home/", f"/modules/{module.slug}/"):
        assert start not in browser.get(page).text


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED])
def test_team_of_an_ended_cohort_is_not_asked_to_go_on(browser, work, become, status):
    work.status = status
    become(CohortState.CLOSED)

    page = browser.get("/home/").text

    assert "Следующий шаг" not in page
    assert "Ответ ждут" not in page


def test_team_of_an_ended_cohort_starts_nothing(module, team, captain, become):
    become(CohortState.CLOSED)

    with pytest.raises(RuleError, match="Поток завершён"):
        start_submission(module, user=captain, team=team)


def test_work_of_an_ended_cohort_is_found_again(work, module, team, captain, become):
    become(CohortState.CLOSED)

    assert start_submission(module, user=captain, team=team) == work


def test_work_of_an_ended_cohort_is_not_sent(work, captain, become):
    become(CohortState.CLOSED)

    with pytest.raises(RuleError, match="уже не принимают"):
        send_attempt(work, author=captain)


def test_work_is_sent_while_the_cohort_goes_on(work, captain):
    assert send_attempt(work, author=captain).number == 1
