"""The first day of a site: what is missing, and when the list goes."""

import pytest

from lms.core.extensions import db
from lms.course.settings.mail_check import CHECKED
from lms.course.settings.services import current_settings, save_settings
from lms.identity.accounts.consents import (
    accept_consent,
    current_consent_document,
    import_consent,
)
from lms.identity.audit.services import record
from lms.overview.home.first_day import first_day
from tests import sample_course

NAMED = {
    "organiser_email": "kurs@school.ru",
    "operator_name": "Центр",
    "operator_address": "Бердск",
    "operator_contact": "kurs@school.ru",
}


@pytest.fixture
def new_site(admin):
    """A site after `flask setup`: the course and the text of the consent."""
    import_consent("1", "Согласие", "<p>{оператор}</p>")
    sample_course.store_course()


@pytest.fixture
def run_in(new_site, module, tutor, captain, admin, app):
    """Do everything but one thing."""
    now = current_settings()
    save_settings(now.settings.model_copy(update=NAMED), seen=now.number, actor=admin)
    record(admin.id, CHECKED, admin)
    db.session.commit()
    folder = app.config["INSTANCE"] / "backups"
    folder.mkdir()
    (folder / "before-0004-1.sqlite3").touch()
    return folder


@pytest.fixture
def open_browser(sign_in):
    """Return a function that signs in somebody who has read the consent."""

    def enter(user):
        accept_consent(user, current_consent_document().version)
        return sign_in(user)

    return enter


def undone():
    return [step.what for step in first_day(current_settings()) if not step.is_done]


def test_new_site_lacks_everything_but_its_course(new_site):
    assert len(undone()) == 7


def test_copy_before_an_upgrade_is_no_backup(run_in):
    assert undone() == ["Есть резервная копия"]


def test_list_goes_when_all_is_done_and_stays_away(run_in, open_browser, admin):
    browser = open_browser(admin)
    assert "Первый день" in browser.get("/home/").text

    (run_in / "site.zip").touch()
    assert "Первый день" not in browser.get("/home/").text

    (run_in / "site.zip").unlink()
    assert "Первый день" not in browser.get("/home/").text


def test_backups_of_every_night_count(run_in, app, tmp_path):
    app.config["LMS_BACKUPS"] = tmp_path
    (tmp_path / "site-2026-12-01.zip").touch()

    assert undone() == []


def test_each_step_leads_where_it_is_done(new_site, open_browser, admin):
    page = open_browser(admin).get("/home/").text

    for place in ("settings/#operator", "cohorts/", "modules/", "home/#backup-title"):
        assert f'href="/{place}"' in page
    assert 'action="/settings/test-letter"' in page


def test_list_costs_one_statement(new_site, count_statements):
    now = current_settings()

    with count_statements() as statements:
        first_day(now)

    assert len(statements) == 1


def test_others_never_see_it(new_site, open_browser, tutor):
    assert "Первый день" not in open_browser(tutor).get("/home/").text
