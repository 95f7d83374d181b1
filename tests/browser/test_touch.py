"""A phone in a hand: what stands alone is met by a finger."""

import pytest

from tests.browser.demo import PEOPLE, address
from tests.browser.stage import PHONE, Visitor

# A link among words is as high as its line; these have nothing beside them.
LOW = """[...document.querySelectorAll("main a[href], main button")]
    .filter((it) => it.parentElement.textContent.trim() === it.textContent.trim())
    .filter((it) => it.checkVisibility() && it.getBoundingClientRect().height < 24)
    .map((it) => it.outerHTML)"""
PAGES = [
    ("member", "home.start"),
    ("member", "teams.team"),
    ("member", "plans.plan"),
    ("member", "accounts.profile"),
    ("tutor", "progress.weeks"),
    ("tutor", "threads.index"),
    ("admin", "cohorts.cohort"),
    ("admin", "territories.territory"),
]


@pytest.fixture(scope="module")
def phones(chromium, demo):
    """The phone of each kind of person, signed in."""
    phones = {}
    for person in dict(PAGES):
        visitor = Visitor(chromium, demo.config["LMS_URL"]).sign_in(PEOPLE[person])
        phones[person] = chromium.new_context(
            storage_state=visitor.context.storage_state(),
            base_url=visitor.url,
            has_touch=True,
            is_mobile=True,
            viewport=PHONE,
        ).new_page()
        visitor.close()
    yield phones
    for page in phones.values():
        page.context.close()


@pytest.mark.parametrize(("person", "endpoint"), PAGES)
def test_what_stands_alone_is_high_enough_for_a_finger(phones, demo, person, endpoint):
    page = phones[person]

    page.goto(address(demo, endpoint, person))

    assert page.evaluate(LOW) == []


def test_photo_is_taken_without_scripts(chromium, demo):
    member = Visitor(chromium, demo.config["LMS_URL"]).sign_in(PEOPLE["member"])
    phone = chromium.new_context(
        storage_state=member.context.storage_state(),
        base_url=member.url,
        has_touch=True,
        java_script_enabled=False,
        viewport=PHONE,
    )
    member.close()
    page = phone.new_page()
    page.goto(address(demo, "drafts.edit", "member"))

    label = page.get_by_text("Сфотографировать").bounding_box()

    assert label["x"] + label["width"] <= PHONE["width"]
    assert label["height"] < 60
    phone.close()
