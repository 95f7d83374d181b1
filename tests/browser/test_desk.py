"""The desk of a tutor: its keys, and a laptop with a low window."""

import re

import pytest
from playwright.sync_api import expect

from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.work.submissions.models import Submission
from tests.browser import journey, team
from tests.browser.demo import PEOPLE, address, only
from tests.browser.keyboard import keys
from tests.browser.stage import PHONE, Visitor
from tests.works import crowd, newest, send_back
from tests.works import send as send_again

LAPTOP = {"width": 1366, "height": 650}
FIRST, SECOND = "#mark-svyaz", "#mark-pary"
SECOND_OF_STRIP = f".strip [href='{SECOND}']"
# What is on the page once a key has done what the list says of it: the strokes that
# show it, the last of them the key itself.
PROMISES = {
    "C": (["c", "c"], f"{SECOND} :focus, {SECOND}:focus"),
    "V": (["c", "c", "v"], f"{FIRST} :focus, {FIRST}:focus"),
    "0": (["c", "v", "v", "0"], "#level-svyaz-0:checked"),
    "3": (["c", "v", "v", "3"], "#level-svyaz-3:checked"),
    "E": (["e"], "#remark-svyaz:focus"),
    "R": (["r"], f"{FIRST} [data-bank][open] :focus"),
    "N": (["n"], "[data-note-blank][open] :focus"),
    "S": (["s"], "#summary:focus"),
    "Ctrl Enter": (["Control+Enter"], "[formaction*='/release/accepted']:focus"),
    "Ctrl Shift Enter": (
        ["Control+Shift+Enter"],
        "[formaction*='/release/returned']:focus",
    ),
    "J": (["j"], "[aria-label='Предыдущая работа']"),
    "K": (["k"], "[aria-label='Следующая работа']"),
    "W": (["f", "w"], "#tab-work:checked"),
    "A": (["a"], "#tab-task:checked"),
    "D": (["d"], "#tab-changes:checked"),
    "F": (["f"], "#tab-files:checked"),
    "H": (["h"], "#tab-history:checked"),
    "P": (["p"], "#tab-memory:checked"),
    "T": (["t"], "#tab-thread:checked"),
    "Esc": (["s", "Escape"], "main:focus"),
    "?": (["?"], "#keys[open]"),
}
# The same of a page that only asks for levels.
LEVELS = {
    "C": (["c"], "[data-criterion] :focus"),
    "V": (["c", "v"], "[data-criterion] :focus"),
    "S": (["s"], "#summary:focus"),
    "Esc": (["s", "Escape"], "main:focus"),
    "Ctrl Enter": (["Control+Enter"], "[data-key-twice]:focus"),
    "?": (["?"], "#keys[open]"),
}


@pytest.fixture
def desk(visit, site):
    """A tutor with keys only, at a work that came back and has others behind it."""
    team.send_work(site)
    with site.app_context():
        work, tutor = only(Submission), only(User, email=team.TUTOR)
        captain, module = only(User, email=team.CAPTAIN), only(Module)
        send_back(newest(work), tutor)
        send_again(module, captain, work.team, zaprosy="Шестеро хотят шить.")
        crowd(module, work.cohort, captain, 2)
        db.session.commit()
    tutor = visit(size=LAPTOP).sign_in(team.TUTOR)
    journey.take_next(tutor)
    return tutor


def listed(page):
    """Read the list of keys: what each row says, ends of a row of keys apart."""
    rows = page.locator("#keys dt").all_text_contents()
    names = [" ".join(row.split()) for row in rows]
    return {end for name in names for end in name.split("–")}


def promised_by(page):
    """Return the keys that are marked on the controls of the page."""
    marks = page.locator("[data-key], [data-key-twice]").evaluate_all(
        "all => all.map((one) => one.dataset.key ?? one.dataset.keyTwice)"
    )
    names = [mark.removeprefix("Key").replace("+", " ").title() for mark in marks]
    return set(names)


def test_every_key_does_what_the_list_says(desk):
    page, tried = desk.page, set()

    for _ in ("the work that came back", "the one behind it"):
        address = page.url
        assert promised_by(page) <= listed(page)
        for name in sorted(listed(page), key=str.isdigit):
            strokes, what = PROMISES[name]
            page.goto(address)
            keys(desk, *strokes)
            expect(page.locator(what).first, name).to_be_attached()
            tried.add(name)
            if name.isdigit():
                expect(page.locator("[data-state][data-kind=saved]")).to_be_attached()
        page.goto(address)
        page.get_by_role("link", name="Следующая работа").click()

    assert tried == set(PROMISES)


@pytest.mark.parametrize("endpoint", ["calibration.score", "readings.read"])
def test_every_key_of_a_page_of_levels_does_what_the_list_says(
    chromium, demo, endpoint
):
    tutor = Visitor(chromium, demo.config["LMS_URL"], size=LAPTOP)
    page = tutor.sign_in(PEOPLE["tutor"]).page
    page.goto(address(demo, endpoint))

    assert promised_by(page) <= listed(page)
    for name in listed(page):
        level = f"[data-criterion] [value='{name}']"
        strokes, what = LEVELS.get(name, ([name], f"{level}:checked"))
        page.goto(address(demo, endpoint))
        if name.isdigit():
            page.locator(level).first.focus()
        keys(tutor, *strokes)
        expect(page.locator(what).first, name).to_be_attached()
    tutor.close()


def test_verdict_takes_two_strokes_however_long_one_is(desk, site):
    keys(desk, "3", "c", "2", "s")
    desk.page.keyboard.type("Зачтено.")
    for key in ("Control", "Enter", "Enter", "Enter"):
        desk.page.keyboard.down(key)
    desk.page.keyboard.up("Enter")
    desk.page.keyboard.up("Control")

    expect(desk.page.locator("#summary")).to_have_value("Зачтено.")
    with site.app_context():
        assert only(Submission).is_waiting
    keys(desk, "Enter")
    desk.page.wait_for_url(re.compile(r"(?<!/reviews/1/)$"))


def test_escape_turns_back_from_a_verdict_to_where_one_was(desk):
    keys(desk, "e", "Control+Shift+Enter", "Escape")

    expect(desk.page.locator("#remark-svyaz")).to_be_focused()


def test_laptop_shows_one_criterion_and_all_of_them_in_the_strip(desk):
    page = desk.page
    page.mouse.wheel(0, 300)
    keys(desk, "3", "e")
    page.keyboard.type("Чьи это слова?")
    keys(desk, "Escape", "c", "0")

    shown = page.locator("[data-criterion]").filter(visible=True)
    expect(shown).to_have_count(1)
    expect(shown).to_have_id("mark-pary")
    strip = page.get_by_role("list", name="Критерии по порядку").get_by_role("link")
    expect(strip.nth(0)).to_contain_text("уровень 3/ из 3 ✎, есть замечание")
    expect(strip.nth(1)).to_be_in_viewport(ratio=1)
    assert page.get_by_role("button", name="Зачесть").bounding_box()["y"] < 610


@pytest.mark.parametrize("height", [650, 900])
def test_bar_of_a_held_verdict_leaves_both_buttons_in_sight(desk, site, height):
    site.config["LMS_UNDO_SECONDS"] = 60
    desk.page.set_viewport_size({"width": 1380, "height": height})
    keys(desk, "3", "c", "2", "s")
    desk.page.keyboard.type("Зачтено.")
    keys(desk, "Control+Enter", "Enter")

    expect(desk.page.locator(".held")).to_be_visible()
    edges = [
        desk.page.get_by_role("button", name=name).bounding_box()
        for name in ("Вернуть на доработку", "Зачесть")
    ]
    assert edges[0]["y"] == edges[1]["y"]
    assert max(edge["y"] + edge["height"] for edge in edges) <= height


def test_another_criterion_leaves_the_work_where_it_was_read(desk):
    page = desk.page
    page.mouse.wheel(0, 999)
    page.wait_for_function("scrollY + innerHeight >= document.body.scrollHeight - 1")
    keys(desk, "c")
    before = page.evaluate("scrollY")

    # A hand moves no page before it presses, as `click` does.
    page.locator(SECOND_OF_STRIP).dispatch_event("click")

    expect(page.locator(SECOND)).to_be_visible()
    assert abs(page.evaluate("scrollY") - before) <= 2


def test_strip_opens_a_criterion_without_scripts(visit, desk):
    reader = visit(size=LAPTOP, scripts=False).sign_in(team.TUTOR)
    reader.page.goto(desk.page.url)

    reader.page.locator(SECOND_OF_STRIP).click()

    expect(reader.page.locator(SECOND)).to_be_visible()
    expect(reader.page.locator(FIRST)).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_first_tab_of_the_queue_leads_to_the_next_work(visit, site, scripts):
    team.send_work(site)
    tutor = visit(size=PHONE, scripts=scripts).sign_in(team.TUTOR)
    tutor.follow("Проверка")
    journey.says(tutor, "Дольше всех ждут")
    expect(tutor.page.locator(".header")).to_be_in_viewport(ratio=1)

    keys(tutor, "Tab")

    button = tutor.page.get_by_role("button", name="Взять следующую")
    expect(button).to_be_focused()
