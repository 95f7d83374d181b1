"""«Мой путь» of who has just come, has finished, or has not looked for long."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.browser import journey
from tests.browser.keyboard import press_on
from tests.browser.stage import PHONE, Visitor
from tests.browser.test_pages import WAYS, look

SHARES = "navigator.share = async (what) => { window.shared = what; };"
REFUSES = """window.refused = new Promise((done) => {
  navigator.share = async () => {
    setTimeout(done, 200);
    throw new DOMException("", "%s");
  };
});"""


@pytest.fixture
def visit_demo(chromium, demo):
    """Return a function that signs somebody of the demonstration in."""
    visitors = []

    def enter(name, **options):
        visitors.append(Visitor(chromium, demo.config["LMS_URL"], **options))
        return visitors[-1].sign_in(f"{name}@example.org")

    yield enter
    for visitor in visitors:
        visitor.close()


@pytest.mark.parametrize("name", ["ilyina", "drozdov", "akhmetova", "zuev", "frolova"])
def test_start_page_is_readable(visit_demo, name):
    page = visit_demo(name).page
    page.evaluate(AXE_SCRIPT)

    assert [look(page, f"home-{name}", way) for way in WAYS] == [[], []]


def test_newcomer_has_one_way_and_it_leads_to_the_lesson(visit_demo):
    newcomer = visit_demo("drozdov", size=PHONE, scripts=False)
    journey.says(newcomer, "Ещё не вошли: 2")

    assert newcomer.page.locator("main a.button").count() == 1
    newcomer.follow("Читать занятие 1")

    newcomer.page.wait_for_url("**/modules/cennosti/")


def test_news_are_counted_on_other_pages_until_they_are_seen(visit_demo):
    reader = visit_demo("egorov", size=PHONE)
    count = reader.page.get_by_role("link", name="Мой путь, новое: ")
    journey.says(reader, "Новое: ")
    journey.says(reader, "Вернули на доработку: 4. Наставничество")

    reader.page.goto("/teams/mine")

    expect(count).to_have_count(0)


def test_holder_shares_the_certificate(visit_demo):
    holder = visit_demo("akhmetova")
    holder.page.add_init_script(SHARES)
    holder.follow("Мой сертификат")
    holder.press("Поделиться")

    shared = holder.page.evaluate("window.shared")
    shown = holder.page.get_by_label("Ссылка, по которой проверяют сертификат")
    assert shared["url"] == shown.input_value()
    picture = holder.page.locator(".certificate img")
    assert picture.evaluate("(it) => it.complete && it.naturalWidth") > 900


@pytest.mark.parametrize(
    ("reason", "said"), [("AbortError", ""), ("NotAllowedError", "Ссылка скопирована")]
)
def test_link_is_copied_where_the_device_cannot_share_it(visit_demo, reason, said):
    holder = visit_demo("akhmetova")
    holder.page.add_init_script(REFUSES % reason)
    holder.follow("Мой сертификат")
    holder.press("Поделиться")
    holder.page.evaluate("window.refused")

    expect(holder.page.locator(".share [role=status]")).to_have_text(said)


def test_copying_by_keys_keeps_the_place_on_the_page(visit_demo):
    holder = visit_demo("akhmetova")
    holder.follow("Мой сертификат")
    press_on(holder, "Скопировать")

    expect(holder.page.locator(".share [role=status]")).to_have_text(
        "Ссылка скопирована"
    )
    expect(holder.page.locator(":focus")).to_have_text("Скопировано")


def test_without_scripts_the_link_stands_there(visit_demo):
    holder = visit_demo("akhmetova", scripts=False)
    holder.follow("Мой сертификат")

    assert not holder.page.get_by_role("button", name="Поделиться").is_visible()
    holder.follow("Что увидит тот, кто проверит")
    journey.says(holder, "Сертификат действителен")
