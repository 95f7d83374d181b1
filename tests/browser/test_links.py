"""Nothing leads nowhere: people follow the links of the demonstration."""

import pytest

from lms.core.extensions import db
from lms.site import create_app
from tests.browser.long_words import copy_of
from tests.browser.stage import browser_settings
from tests.conftest import PASSWORD
from tests.crawl import Crawl

# Who looks, and how many pages they reach at the least.
READERS = {
    "": 15,
    "captain@example.org": 130,
    "member@example.org": 115,
    "tutor2@example.org": 160,
    "coordinator@example.org": 110,
    "admin@example.org": 330,
}


@pytest.fixture(scope="module")
def linked(demo, tmp_path_factory):
    """The demonstration without form tokens, to be walked through."""
    database = copy_of(demo, tmp_path_factory.mktemp("links") / "lms.sqlite3")
    own = browser_settings(database, demo.config["INSTANCE"])
    site = create_app(own | {"WTF_CSRF_ENABLED": False})
    yield site
    with site.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("email", READERS)
def test_every_link_leads_somewhere(linked, email):
    browser = linked.test_client()
    if email:
        form = {"email": email, "password": PASSWORD}
        assert browser.post("/accounts/sign-in", data=form).status_code == 302

    crawl = Crawl(browser, linked.url_map.bind("localhost"))

    assert crawl.refused == []
    assert crawl.dead_fragments == []
    assert len(crawl.visited) >= READERS[email]
