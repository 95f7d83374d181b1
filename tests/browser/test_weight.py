"""What a page costs on a weak line: bytes that travel, and how often it has to ask."""

import pytest

from tests.browser.demo import PEOPLE, address
from tests.browser.stage import Visitor


@pytest.fixture
def open_cold(chromium, demo):
    """Return a function that opens a page in a browser which has nothing yet."""
    visitors = []

    def open_page(person, endpoint):
        known = Visitor(chromium, demo.config["LMS_URL"]).sign_in(PEOPLE[person])
        cold = Visitor(chromium, demo.config["LMS_URL"])
        cold.context.add_cookies(known.context.cookies())
        known.close()
        visitors.append(cold)
        return cold, weigh(cold, address(demo, endpoint))

    yield open_page
    for visitor in visitors:
        visitor.close()


def weigh(visitor, where):
    """Go there; return the bytes of every answer that came over the line."""
    line = visitor.context.new_cdp_session(visitor.page)
    line.send("Network.enable")
    weights = []
    line.on("Network.loadingFinished", lambda end: weights.append(end))
    visitor.page.goto(where)
    visitor.page.wait_for_load_state("networkidle")
    line.detach()
    return [end["encodedDataLength"] for end in weights if end["encodedDataLength"]]


@pytest.mark.parametrize(
    ("person", "endpoint", "limit"),
    [
        ("member", "home.start", 75_000),
        ("member", "modules.read", 85_000),
        ("member", "drafts.edit", 85_000),
        ("tutor", "reviews.desk", 100_000),
    ],
)
def test_first_visit_is_light(open_cold, person, endpoint, limit):
    _, weights = open_cold(person, endpoint)

    assert sum(weights) <= limit
    assert len(weights) <= 6


def without_picture(route):
    """Answer with nothing to draw, where the room for it is kept anyway."""
    nothing = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    route.fulfill(content_type="image/svg+xml", body=nothing)


@pytest.mark.parametrize("endpoint", ["home.front", "modules.read"])
def test_visitor_comes_lightly(chromium, demo, endpoint):
    """Pictures of the front page aside: they come with the room kept for them."""
    visitor = Visitor(chromium, demo.config["LMS_URL"])
    visitor.page.route("**/static/pictures/*", without_picture)
    path = {"modules.read": "/modules/cennosti/"}.get(endpoint, "/")

    weights = weigh(visitor, path)

    assert sum(weights) <= 85_000
    visitor.close()


def test_lesson_costs_a_word_the_second_time(open_cold, demo):
    reader, _ = open_cold("member", "modules.read")

    again = weigh(reader, address(demo, "modules.read"))

    assert sum(again) <= 2_000
    assert len(again) == 1
