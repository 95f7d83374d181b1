"""The header: every section within reach on every screen, on one line."""

import pytest
from playwright.sync_api import expect

from tests.browser.demo import PEOPLE
from tests.browser.stage import Visitor

SHOWN = """(part) => [...document.querySelectorAll(part)]
    .filter((link) => link.checkVisibility()).map((link) => link.textContent)"""
HEIGHT = "document.querySelector('.header').offsetHeight"
# Of what has the focus, unless it is one of the sections themselves.
LOWER_EDGE = """document.activeElement.closest("main")
    ? document.activeElement.getBoundingClientRect().bottom : 0"""
# Of what stands in the line, in its order; on a phone the sections do not.
RIGHT_EDGES = """[...document.querySelectorAll(".header > *:not(nav)")]
    .filter((part) => part.checkVisibility())
    .map((part) => part.getBoundingClientRect().right)"""
LINKS = "nav[aria-label=Разделы] a"
UNDER_MORE = "#more a"


@pytest.fixture(scope="module")
def header(chromium, demo):
    """Return a function that opens the start page of a person in a screen so wide."""
    visitors = {}

    def open_header(person, width, **options):
        visitor = visitors.get((person, *options))
        if visitor is None:
            visitor = Visitor(chromium, demo.config["LMS_URL"], **options)
            visitor.sign_in(PEOPLE[person])
            visitors[person, *options] = visitor
        visitor.page.set_viewport_size({"width": width, "height": 650})
        visitor.page.goto("/home/")
        return visitor.page

    yield open_header
    for visitor in visitors.values():
        visitor.close()


@pytest.mark.parametrize(
    ("person", "width", "in_line", "under_more"),
    [
        ("admin", 1440, 8, 7),
        ("admin", 1380, 7, 8),
        ("admin", 1024, 6, 9),
        ("admin", 800, 4, 11),
        ("admin", 360, 4, 11),
        ("tutor", 1440, 8, 1),
        ("tutor", 1380, 7, 2),
        ("tutor", 1024, 6, 3),
        ("coordinator", 1380, 7, 4),
        ("coordinator", 1024, 6, 5),
        ("member", 1380, 7, 2),
        ("member", 1024, 6, 3),
        ("member", 360, 4, 5),
    ],
)
def test_sections_stand_on_one_line(header, person, width, in_line, under_more):
    page = header(person, width)

    assert len(page.evaluate(SHOWN, LINKS)) == in_line
    assert page.evaluate(HEIGHT) <= 56
    if under_more:
        page.get_by_role("button", name="Ещё").click()
        assert len(page.evaluate(SHOWN, UNDER_MORE)) == under_more
    else:
        assert not page.get_by_role("button", name="Ещё").is_visible()


@pytest.mark.parametrize("width", [1380, 1024, 800, 360])
@pytest.mark.parametrize("person", ["admin", "tutor", "member", "coordinator"])
def test_everything_in_the_header_is_within_the_screen(header, person, width):
    page = header(person, width)

    edges = page.evaluate(RIGHT_EDGES)

    assert edges == sorted(edges)
    assert edges[-1] <= width - 16
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1440, 1380, 1280])
@pytest.mark.parametrize("person", ["admin", "tutor", "member", "coordinator"])
def test_search_has_room_for_its_word(header, person, width):
    page = header(person, width)

    edges = page.evaluate(RIGHT_EDGES)

    field = page.locator(".header__field").bounding_box()
    assert field["width"] >= 90
    assert edges == sorted(edges)
    assert edges[-1] <= width - 16


@pytest.mark.parametrize("section", ["/progress/", "/certificates/"])
def test_section_in_bold_pushes_nothing_off_the_screen(header, section):
    page = header("tutor", 1024)

    page.goto(section)

    assert max(page.evaluate(RIGHT_EDGES)) <= 1024 - 16


def test_more_opens_without_scripts_and_by_keys(header):
    page = header("member", 360, scripts=False)
    page.get_by_role("button", name="Ещё").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/plans/**")


def test_more_closes_behind_the_focus(header):
    page = header("member", 360)
    more = page.get_by_role("button", name="Ещё")
    more.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    last = page.locator(".more__link").last
    expect(last).to_be_visible()

    last.focus()
    page.keyboard.press("Tab")

    expect(last).to_be_hidden()


def test_what_has_the_focus_is_not_behind_the_sections(header):
    page = header("member", 360)
    page.emulate_media(reduced_motion="reduce")
    bar = page.locator("nav[aria-label=Разделы]").bounding_box()
    lowest = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        bottom = page.evaluate(LOWER_EDGE)
        lowest = max(lowest, bottom)

    assert bar["y"] - 200 < lowest <= bar["y"]
