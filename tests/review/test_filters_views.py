"""Saved filters: kept, shown above the queue, dropped."""

import pytest

from lms.core.errors import RuleError
from lms.review.filters.services import filters_of, save_filter


@pytest.fixture
def browser(sign_in, tutor):
    return sign_in(tutor)


def test_filter_is_kept_and_leads_back(browser, cohort):
    typed = {"name": " Осень,  мои ", "state": "mine", "cohort": cohort.id}

    response = browser.post("/filters/", data=typed)

    assert response.location == f"/reviews/?state=mine&cohort={cohort.id}"
    page = browser.get("/reviews/").text
    assert f'href="/reviews/?state=mine&amp;cohort={cohort.id}">Осень, мои' in page


def test_filter_without_a_name_is_refused(browser, tutor):
    page = browser.post("/filters/", data={"name": " "}, follow_redirects=True).text

    assert "Назовите фильтр" in page
    assert list(filters_of(tutor)) == []


def test_same_name_means_the_new_filter(tutor):
    for state in ("mine", "free"):
        save_filter("Моё", {"state": state}, user=tutor)

    assert [one.address for one in filters_of(tutor)] == [{"state": "free"}]


def test_there_are_only_so_many(tutor):
    for number in range(12):
        save_filter(f"Фильтр {number}", {}, user=tutor)

    with pytest.raises(RuleError, match="Уберите один"):
        save_filter("Ещё один", {}, user=tutor)


def test_only_the_owner_drops_a_filter(browser, sign_in, tutor, tutor2):
    kept = save_filter("Моё", {}, user=tutor)

    assert sign_in(tutor2).post(f"/filters/{kept.id}/drop").status_code == 404
    assert browser.post(f"/filters/{kept.id}/drop").status_code == 302
    assert list(filters_of(tutor)) == []


def test_nonsense_in_the_address_is_harmless(browser):
    typed = {"name": "Х", "state": "<b>", "cohort": "x" * 500}

    browser.post("/filters/", data=typed)

    assert browser.get("/reviews/").status_code == 200
