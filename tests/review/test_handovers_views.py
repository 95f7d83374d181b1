"""The pages on which works change hands."""

import pytest

from lms.review.reviews import leases
from lms.review.reviews.drafts import draft_of
from tests.conftest import save
from tests.works import newest, send


@pytest.fixture
def work(module, captain, team, tutor):
    """A work that lies on the tutor's desk."""
    work = send(module, captain, team).submission
    leases.take(work, tutor=tutor)
    return work


@pytest.fixture
def browser(sign_in, tutor):
    return sign_in(tutor)


def test_way_to_a_colleague_keeps_what_is_typed(browser, work, tutor):
    typed = {"summary": "Начал", "version": "0"}

    response = browser.post(f"/reviews/{work.id}/draft?hand_over=1", data=typed)

    assert response.location == f"/handovers/{work.id}"
    assert draft_of(newest(work), tutor).summary == "Начал"


def test_tutor_hands_a_work_over(browser, work, tutor2):
    response = browser.post(f"/handovers/{work.id}", data={"colleague": tutor2.id})

    assert response.location == "/reviews/"
    assert leases.lease_of(work).tutor == tutor2


def test_colleague_has_to_be_chosen(browser, work, tutor, tutor2):
    page = browser.post(f"/handovers/{work.id}").text

    assert "Выберите коллегу." in page
    assert leases.lease_of(work).tutor == tutor


def test_refusal_stays_on_the_page(browser, work, tutor, tutor2):
    leases.let_go(work, tutor=tutor)

    page = browser.post(f"/handovers/{work.id}", data={"colleague": tutor2.id}).text

    assert "уже не у вас" in page


def test_tutor_alone_is_told_so(browser, work):
    assert "Других тьюторов" in browser.get(f"/handovers/{work.id}").text
    assert "Других тьюторов" in browser.get("/handovers/").text


def test_absence_is_announced_with_numbers(browser, work, tutor2):
    page = browser.get("/handovers/").text
    response = browser.post(
        "/handovers/", data={"colleague": tutor2.id}, follow_redirects=True
    )

    assert "1\N{NO-BREAK SPACE}работа" in page
    assert "Передано: 1\N{NO-BREAK SPACE}работа. Проверяет Ольга Ким." in response.text


def test_lead_takes_over_from_the_desk(sign_in, work, tutor2, cohort):
    cohort.lead = tutor2
    save(cohort)
    browser, desk = sign_in(tutor2), f"/reviews/{work.id}/"
    assert "Забрать на проверку" in browser.get(desk).text

    browser.post(f"/handovers/{work.id}/take-over")

    assert leases.lease_of(work).tutor == tutor2


def test_lead_who_comes_too_late_reads_why(sign_in, work, tutor, tutor2, cohort):
    cohort.lead = tutor2
    save(cohort)
    leases.let_go(work, tutor=tutor)

    url = f"/handovers/{work.id}/take-over"
    assert "уже свободна" in sign_in(tutor2).post(url, follow_redirects=True).text


def test_colleague_who_does_not_lead_sees_no_such_button(sign_in, work, tutor2):
    assert "Забрать" not in sign_in(tutor2).get(f"/reviews/{work.id}/").text
