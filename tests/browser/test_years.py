"""A person of two cohorts goes from one team to the other, by keys, with no script."""

import pytest
from playwright.sync_api import expect

from tests.browser.demo import PEOPLE
from tests.browser.stage import PHONE, Visitor


@pytest.fixture
def captain(chromium, demo, scripts):
    url = demo.config["LMS_URL"]
    visitor = Visitor(chromium, url, size=PHONE, scripts=scripts)
    visitor.sign_in(PEOPLE["member"])
    yield visitor.page
    visitor.close()


def test_captain_reads_the_finished_cohort_and_comes_back(captain):
    teams = captain.get_by_role("navigation", name="Мои команды")

    teams.get_by_role("button", name="«Начало»").press("Enter")
    expect(captain.get_by_role("heading", level=1)).to_have_text("Курс пройден")

    captain.goto("/plans/mine")
    expect(captain.get_by_role("main")).to_contain_text("команда «Начало»")

    teams.get_by_role("button", name="«Опора»").press("Enter")
    expect(captain.get_by_role("main")).to_contain_text("команда «Опора»")
