"""Served sites and a real browser that goes nowhere else."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from lms.core.config import ROOT
from lms.core.extensions import db
from lms.course.modules.sync import sync
from lms.demo.fill import fill
from lms.site import create_app
from tests.browser import team
from tests.browser.demo import names_of_demo
from tests.browser.stage import Visitor, browser_settings, serving

HERE = Path(__file__).parent
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that was left is gone, as with a closed lid; it does not sleep.
    "--disable-features=BackForwardCache",
]


def pytest_collection_modifyitems(items):
    """Mark the tests of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """The browser that Debian ships; tests of pages are skipped without it."""
    program = shutil.which("chromium")
    if program is None:
        assert not os.environ.get("CI"), "chromium is missing"
        pytest.skip("chromium is missing")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo(template_database, tmp_path_factory):
    """The demonstration, filled and served: its address and what is in it."""
    folder = tmp_path_factory.mktemp("demo")
    database = shutil.copy(template_database, folder / "lms.sqlite3")
    site = create_app(browser_settings(database, folder / "instance"))
    with site.app_context():
        refused = [
            part for part in sync(ROOT / "content", live=True) if part.is_refused
        ]
        assert refused == []
        fill()
        site.config["NAMES"] = names_of_demo()
        db.session.remove()
    with serving(site):
        yield site
    with site.app_context():
        db.engine.dispose()


@pytest.fixture
def site(template_database, tmp_path):
    """A served site on which nobody lives yet."""
    database = shutil.copy(template_database, tmp_path / "lms.sqlite3")
    site = create_app(browser_settings(database, tmp_path / "instance"))
    with serving(site):
        yield site
    with site.app_context():
        db.engine.dispose()


@pytest.fixture
def own_site(template_database, tmp_path):
    """A site that only its own process serves."""
    database = shutil.copy(template_database, tmp_path / "lms.sqlite3")
    site = create_app(browser_settings(database, tmp_path))
    yield site
    with site.app_context():
        db.engine.dispose()


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request):
    """Whether the browser runs scripts."""
    return request.param


@pytest.fixture
def draft(site):
    """The address of a work that the captain has begun."""
    return f"/drafts/{team.begin_work(site)}/"


@pytest.fixture
def writer(visit, draft):
    """The captain with the work open."""
    writer = visit().sign_in(team.CAPTAIN)
    writer.page.goto(draft)
    return writer


@pytest.fixture
def visit(chromium, site):
    """Return a function that opens a browser; each is closed and found clean."""
    visitors = []

    def open_browser(**kwargs):
        visitors.append(Visitor(chromium, site.config["LMS_URL"], **kwargs))
        return visitors[-1]

    yield open_browser
    for visitor in visitors:
        visitor.close()
