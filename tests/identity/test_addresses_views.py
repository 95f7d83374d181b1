"""Changing the address one signs in with, and the way back without it."""

import re
from datetime import timedelta

import pytest

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.identity.accounts import sign_ins
from lms.identity.accounts.models import SignIn
from lms.identity.accounts.services import change_password
from lms.identity.addresses import links, services
from lms.identity.addresses.links import change_link, way_back_link
from lms.identity.audit.models import AuditEvent
from tests.conftest import PASSPHRASE, PASSWORD, count, journal, letters

NEW = "nova@example.org"
ASKED = {"email": NEW.upper(), "current_password": PASSWORD}
BACK = {"new_password": PASSPHRASE}


@pytest.fixture
def browser(sign_in, member):
    return sign_in(member)


@pytest.fixture
def later(monkeypatch):
    """Return a function that lets time pass."""

    def let_pass(**time):
        moment = utcnow() + timedelta(**time)
        monkeypatch.setattr(links, "utcnow", lambda: moment)

    return let_pass


def token_of(link):
    return link.rsplit("/", 1)[1]


def test_link_to_the_new_address_changes_it(app, browser, member):
    old = member.email
    browser.post("/addresses/", data=ASKED)
    asked = {letter["to"]: letter for letter in letters()}
    path = re.search(r"/addresses/confirm/\S+", asked[NEW]["text"])[0]

    assert app.test_client().post(path).location == "/accounts/sign-in"

    assert member.email == NEW
    assert set(asked) == {old, NEW}
    assert path not in asked[old]["text"]
    assert sign_ins.sign_in(NEW, PASSWORD)


def test_old_sign_ins_end_and_both_addresses_are_told(browser, member):
    old = member.email
    services.confirm_change(token_of(change_link(member, NEW)))

    assert count(SignIn) == 0
    assert browser.get("/accounts/profile").status_code == 302
    assert {letter["to"] for letter in letters()} == {old, NEW}
    assert journal() == ["изменена своя почта"]


def test_opened_link_changes_nothing_by_itself(browser, member):
    old = member.email

    page = browser.get(f"/addresses/confirm/{token_of(change_link(member, NEW))}")

    assert NEW in page.text
    assert member.email == old


def test_password_is_asked_again(browser, member):
    page = browser.post("/addresses/", data=ASKED | {"current_password": "не тот"})

    assert "Пароль не подошёл" in page.text
    assert f'value="{ASKED["email"]}"' in page.text
    assert letters() == []


def test_taken_address_is_not_disclosed(browser, captain):
    free = browser.post("/addresses/", data=ASKED).text
    taken = browser.post("/addresses/", data=ASKED | {"email": captain.email}).text

    (letter,) = (one for one in letters() if one["to"] == captain.email)
    assert taken.replace(captain.email, "") == free.replace(ASKED["email"], "")
    assert "/addresses/" not in letter["text"]


def test_address_taken_meanwhile_is_refused(member, captain):
    token = token_of(change_link(member, captain.email))

    with pytest.raises(RuleError, match="уже есть доступ"):
        services.confirm_change(token)


def test_link_works_once(member):
    token = token_of(change_link(member, NEW))
    services.confirm_change(token)
    services.confirm_change(token_of(change_link(member, "old@example.org")))

    with pytest.raises(RuleError, match="больше не действует"):
        services.confirm_change(token)


def test_link_pressed_twice_at_once_changes_once(app, member, race):
    token = token_of(change_link(member, NEW))

    outcomes = race(*[lambda: services.confirm_change(token)] * 2)

    assert sum(isinstance(outcome, RuleError) for outcome in outcomes) == 1
    assert count(AuditEvent) == 1


def test_link_dies_after_a_day(browser, member, later):
    url = f"/addresses/confirm/{token_of(change_link(member, NEW))}"

    later(hours=25)

    assert browser.post(url).location == "/addresses/"
    assert member.email != NEW


def test_another_password_ends_the_link(member):
    token = token_of(change_link(member, NEW))
    change_password(member, current=PASSWORD, new=PASSPHRASE, keep="")

    with pytest.raises(RuleError, match="больше не действует"):
        services.confirm_change(token)


def test_letter_is_not_written_after_another_password(member):
    services.request_change(member, NEW, password=PASSWORD)
    change_password(member, current=PASSWORD, new=PASSPHRASE, keep="")

    assert NEW not in {letter["to"] for letter in letters()}


def test_one_s_own_address_is_refused(browser, member):
    page = browser.post("/addresses/", data=ASKED | {"email": member.email})

    assert "С этой почтой вы и входите" in page.text


def test_way_back_sets_a_password_and_asks_the_new_address(app, browser, member):
    old, url = member.email, f"/addresses/back/{token_of(way_back_link(member))}"

    app.test_client().post(url, data=BACK | {"email": NEW})

    assert browser.get("/accounts/profile").status_code == 302
    assert sign_ins.sign_in(old, PASSPHRASE)
    assert any(
        "/addresses/confirm/" in one["text"] for one in letters() if one["to"] == NEW
    )
    assert not member.email_confirmed_at


def test_way_back_works_once_and_for_a_day(app, member, later):
    url = f"/addresses/back/{token_of(way_back_link(member))}"
    app.test_client().post(url, data=BACK)
    again = f"/addresses/back/{token_of(way_back_link(member))}"
    first = app.test_client().post(url, data={"new_password": PASSPHRASE + " ещё"})

    later(hours=25)

    assert first.location == app.test_client().get(again).location
    assert sign_ins.sign_in(member.email, PASSPHRASE)


def test_easy_password_is_refused_on_the_way_back(app, member):
    url = f"/addresses/back/{token_of(way_back_link(member))}"

    page = app.test_client().post(url, data={"new_password": "123", "email": NEW})

    assert "field__error" in page.text
    assert f'value="{NEW}"' in page.text
