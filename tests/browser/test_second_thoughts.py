"""A tutor thinks again: «Отменить» leads back, and what is left alone goes out."""

import pytest
from playwright.sync_api import expect

from lms.review.reviews.deciding import release_due
from tests.browser import journey, team
from tests.browser.stage import PHONE
from tests.review.test_reviews_deciding import let_come


@pytest.fixture
def tutor(scripts, visit, site):
    """A tutor with a phone at a work, with a minute for second thoughts."""
    team.send_work(site)
    tutor = visit(size=PHONE, scripts=scripts).sign_in(team.TUTOR)
    journey.take_next(tutor)
    site.config["LMS_UNDO_SECONDS"] = 60
    return tutor


def press_accept(tutor):
    tutor.press("Зачесть", exact=False)
    journey.says(tutor, "Зачтено: Школа № 12, команда «Опора», уйдёт через")


def fill(tutor):
    journey.choose(tutor, "Связь с запросами", "Пары выросли из запросов.")
    journey.choose(tutor, "Пары", "Пары названы.")
    tutor.page.get_by_label("Общий отзыв").fill("Хорошая карта.")


def test_verdict_is_undone_and_then_goes_out(tutor, site):
    fill(tutor)
    press_accept(tutor)
    tutor.press("Отменить", exact=False)
    expect(tutor.page.get_by_label("Общий отзыв")).to_have_value("Хорошая карта.")

    press_accept(tutor)
    with site.app_context():
        let_come()
        release_due()
    tutor.page.goto("/reviews/?state=accepted")

    expect(tutor.page.locator(".held")).to_have_count(0)
    journey.says(tutor, "Школа № 12, команда «Опора»")


def test_script_counts_down_and_takes_the_button_away(visit, site):
    team.send_work(site)
    tutor = visit().sign_in(team.TUTOR)
    journey.take_next(tutor)
    site.config["LMS_UNDO_SECONDS"] = 60
    fill(tutor)
    tutor.page.clock.install()
    press_accept(tutor)

    tutor.page.locator(".held button").focus()
    tutor.page.clock.fast_forward(61_000)

    bar = tutor.page.locator(".held")
    expect(bar).to_contain_text("уходит команде")
    expect(bar.get_by_role("button")).to_have_count(0)
    expect(tutor.page.locator("main")).to_be_focused()
