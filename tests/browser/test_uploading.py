"""A file goes on after a broken line, a reload or a restart of the site."""

import hashlib
import os

import pytest
from playwright.sync_api import expect

from lms.work.drafts.models import DraftFile
from tests.browser import journey, team
from tests.browser.demo import only
from tests.browser.stage import Visitor, process_of

CONTENT = b"%PDF-1.4\n" + os.urandom(2_000_000)
BROKEN = "Связь прервалась. Загрузка продолжится сама"


@pytest.fixture
def choose(tmp_path):
    """Return a function that chooses a file of the person's machine and sends it."""
    file = tmp_path / "карта.pdf"
    file.write_bytes(CONTENT)

    def attach(writer):
        writer.page.get_by_label("Файлы к работе").set_input_files(file)
        writer.press("Приложить")

    return attach


def offsets_of(writer, *, lost, at=2):
    """Call `lost` instead of sending one piece; return where the pieces began."""
    offsets = []

    def pass_on(route):
        offsets.append(int(route.request.url.rsplit("=", 1)[1]))
        if len(offsets) == at + 1:
            lost()
            route.abort()
        else:
            route.continue_()

    writer.page.route("**/append?*", pass_on)
    return offsets


def is_attached(writer, site):
    """The page names the file, and the site has every byte of it."""
    journey.says(writer, "Файл приложен.")
    expect(writer.page.get_by_role("link", name="карта.pdf")).to_be_visible()
    with site.app_context():
        assert only(DraftFile).sha256 == hashlib.sha256(CONTENT).hexdigest()
    writer.errors.clear()  # the browser itself tells that the line was lost


def test_file_goes_on_when_the_line_is_back(writer, site, choose):
    offsets = offsets_of(writer, lost=lambda: writer.context.set_offline(True))
    choose(writer)
    journey.says(writer, BROKEN)

    writer.context.set_offline(False)
    is_attached(writer, site)

    assert offsets == sorted(offsets)
    assert offsets[2] == offsets[3] > 0


def test_file_chosen_again_after_a_reload_goes_on(writer, site, choose):
    offsets = offsets_of(writer, lost=lambda: None)
    choose(writer)
    journey.says(writer, BROKEN)
    writer.page.reload()

    choose(writer)
    is_attached(writer, site)

    assert offsets[3] > 0


def test_file_goes_on_after_the_site_was_killed(chromium, own_site, choose):
    draft = f"/drafts/{team.begin_work(own_site)}/"
    writer = Visitor(chromium, own_site.config["LMS_URL"])
    with process_of(own_site) as process:
        offsets = offsets_of(writer, lost=process.kill)
        writer.sign_in(team.CAPTAIN).page.goto(draft)
        choose(writer)
        journey.says(writer, BROKEN)

    with process_of(own_site):
        is_attached(writer, own_site)

    assert offsets[2] == offsets[3] > 0
    writer.context.close()
