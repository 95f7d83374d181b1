"""Every page on a phone, when all that people wrote has a word longer than a line."""

import pytest

from lms.core.extensions import db
from lms.site import create_app
from tests.browser.demo import PEOPLE, address
from tests.browser.long_words import copy_of, lengthen_everything
from tests.browser.stage import ARTIFACTS, PHONE, Visitor, browser_settings, serving
from tests.browser.test_pages import PAGES

# What is wider than a page that is too wide, innermost last.
WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? []
    : [...document.querySelectorAll("main *")]
        .filter((it) => it.getBoundingClientRect().right > innerWidth + 1
            && !it.closest(".table-scroll, pre, .visually-hidden"))
        .map((it) => `${it.tagName}.${it.className}`).slice(-4)"""


@pytest.fixture(scope="module")
def long_demo(demo, tmp_path_factory):
    """The demonstration, with the longest words in it."""
    database = copy_of(demo, tmp_path_factory.mktemp("long") / "lms.sqlite3")
    site = create_app(browser_settings(database, demo.config["INSTANCE"]))
    site.config["NAMES"] = demo.config["NAMES"]
    with site.app_context():
        lengthen_everything()
        db.session.remove()
    with serving(site):
        yield site
    with site.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def phones(chromium, long_demo):
    """A phone for each kind of person, signed in."""
    url = long_demo.config["LMS_URL"]
    phones = {person: Visitor(chromium, url, size=PHONE) for person in PEOPLE}
    for person, email in PEOPLE.items():
        if email:
            phones[person].sign_in(email)
    yield phones
    for phone in phones.values():
        phone.context.close()


@pytest.mark.parametrize(("person", "endpoint"), PAGES)
def test_no_word_makes_a_page_wider_than_a_phone(phones, long_demo, person, endpoint):
    page = phones[person].page

    answer = page.goto(address(long_demo, endpoint, person))
    page.screenshot(path=ARTIFACTS / f"{person}-{endpoint}-long.png", full_page=True)

    assert answer.status == 200
    width = page.evaluate("document.documentElement.scrollWidth")
    assert (width, page.evaluate(WIDE)) == (PHONE["width"], [])
