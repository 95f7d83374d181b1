"""A person looks for something: by a key, on a phone, without scripts."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.browser.demo import PEOPLE
from tests.browser.stage import PHONE, Visitor
from tests.browser.test_pages import WAYS, look


@pytest.fixture
def visit(chromium, demo):
    """Return a function that signs a person in, in a browser of some kind."""
    visitors = []

    def enter(person, **options):
        visitors.append(Visitor(chromium, demo.config["LMS_URL"], **options))
        return visitors[-1].sign_in(PEOPLE[person])

    yield enter
    for visitor in visitors:
        visitor.close()


def test_slash_leads_to_search_and_enter_to_what_is_found(visit):
    page = visit("member").page
    page.keyboard.press("/")
    page.keyboard.type("наставникам")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Работы")).to_be_visible()
    expect(page.get_by_role("region", name="Найденное")).to_be_focused()
    expect(page.locator("mark").first).to_contain_text("наставник")
    page.locator("main section a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_arrows_walk_over_what_is_found(visit):
    page = visit("member").page
    page.goto("/search/?q=наставникам")
    links = page.get_by_role("region", name="Найденное").get_by_role("link")

    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)

    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Что найти")).to_be_focused()


def test_tab_leads_to_the_first_that_is_found_without_scripts(visit):
    page = visit("member", scripts=False).page
    page.goto("/search/?q=наставникам")
    found = page.get_by_role("region", name="Найденное")
    expect(found).to_be_focused()
    page.keyboard.press("Tab")

    expect(found.get_by_role("link").first).to_be_focused()


def test_slash_on_a_narrow_screen_leads_to_the_page_of_search(visit):
    page = visit("member", size=PHONE).page
    page.keyboard.press("/")

    page.wait_for_url("**/search/#q")
    expect(page.get_by_label("Что найти")).to_be_focused()


def test_slash_that_is_typed_stays_a_slash(visit):
    page = visit("member").page
    page.goto("/search/")
    page.get_by_label("Что найти").fill("школа")
    page.keyboard.press("End")
    page.keyboard.type("/дом")

    expect(page.get_by_label("Что найти")).to_have_value("школа/дом")


def test_search_on_a_phone_without_scripts(visit):
    visitor = visit("member", scripts=False, size=PHONE)
    visitor.follow("Поиск")
    visitor.page.get_by_label("Что найти").fill("«карта запросов»")
    visitor.press("Найти")

    expect(visitor.page.locator("main section").first).to_be_visible()
    visitor.picture("search-phone")


@pytest.mark.parametrize("who", ["member", "tutor", "admin"])
def test_page_of_what_is_found_is_for_everybody(visit, who):
    page = visit(who).page
    page.goto("/search/?q=школа")
    expect(page.locator("mark").first).to_be_visible()
    page.evaluate(AXE_SCRIPT)

    assert [look(page, f"{who}-search-found", way) for way in WAYS] == [[], []]
