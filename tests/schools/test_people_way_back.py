"""The link that an admin makes for somebody whose mail is gone."""

import re

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.identity.accounts.models import Role
from lms.identity.audit.models import AuditEvent
from tests.conftest import count, letters, person

REASON = {"reason": "Позвонила в школу, передали трубку."}


@pytest.fixture
def browser(sign_in, admin):
    return sign_in(admin)


def test_link_is_shown_once_and_leads_in(app, browser, member):
    page = browser.post(f"/people/{member.id}/way-back", data=REASON).text
    path = re.search(r"/addresses/back/[^\"\s]+", page)[0]

    assert app.test_client().get(path).status_code == 200
    assert "/addresses/back/" not in browser.get(f"/people/{member.id}/way-back").text


def test_check_stays_in_the_journal_and_the_address_is_told(browser, member):
    browser.post(f"/people/{member.id}/way-back", data=REASON)

    event = db.session.scalars(sa.select(AuditEvent)).one()
    (letter,) = letters()
    assert event.after == {"проверка": REASON["reason"]}
    assert letter["to"] == member.email
    assert "/addresses/back/" not in letter["text"]


def test_without_a_check_there_is_no_link(browser, member):
    page = browser.post(f"/people/{member.id}/way-back", data={"reason": " "}).text

    assert "без этого ссылка не создаётся" in page
    assert count(AuditEvent) == 0


def test_another_admin_leaves_the_same_line(browser, app):
    other = person("Зуев Пётр Львович", "admin2@example.org", Role.ADMIN)

    browser.post(f"/people/{other.id}/way-back", data=REASON)

    assert count(AuditEvent) == 1


def test_own_and_closed_accounts_are_refused(browser, admin, member):
    member.closed_at = utcnow()

    own = browser.post(f"/people/{admin.id}/way-back", data=REASON).text
    closed = browser.post(f"/people/{member.id}/way-back", data=REASON).text

    assert "Себе такую ссылку не сделать" in own
    assert "Доступ закрыт" in closed
    assert count(AuditEvent) == 0
