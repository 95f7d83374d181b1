"""What long paragraphs of a plan may cost, and what becomes of them."""

import pytest

from lms.outcomes.plans.plan import plan_of
from tests.conftest import PASSWORD

LONG = "*слово* " * 100


@pytest.fixture
def url(accepted, team):
    """The address of the first paragraph of the plan."""
    section = plan_of(team)[0]
    return f"/plans/{team.id}/{section.slug}/{section.paragraphs[0].key}"


def test_paragraph_is_kept_as_typed_while_no_child_is_free(
    sign_in, captain, team, url, all_busy
):
    sign_in(captain).post(url, data={"text": LONG, "version": 0})

    assert plan_of(team)[0].paragraphs[0].html == f"<p>{LONG.strip()}</p>"


def test_one_person_rewords_so_many_paragraphs_in_a_minute(site_with, captain, url):
    browser = site_with(RATELIMIT_ENABLED=True).test_client()
    form = {"email": captain.email, "password": PASSWORD}
    browser.post("/accounts/sign-in", data=form)
    for _ in range(30):
        browser.post(url, data={"text": "", "version": 0})

    refused = browser.post(url, data={"text": "Наши слова", "version": 0})

    assert refused.status_code == 429
    assert "Наши слова" in refused.text
