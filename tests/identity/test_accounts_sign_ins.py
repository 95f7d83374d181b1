"""Signing in and out."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from lms.core import database
from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts import sign_ins
from lms.identity.accounts.browsers import browser_name
from lms.identity.accounts.models import SignIn, User
from lms.identity.accounts.passwords import is_password
from lms.identity.accounts.services import change_password
from tests.conftest import PASSPHRASE, PASSWORD, count

MONTH = timedelta(days=30, minutes=1)


@pytest.mark.parametrize(
    ("email", "password"),
    [("member@example.org", "нет"), ("nobody@example.org", "нет")],
)
def test_refusal_does_not_tell_whether_the_address_is_known(member, email, password):
    with pytest.raises(RuleError) as refusal:
        sign_ins.sign_in(email, password)

    assert str(refusal.value) == sign_ins.WRONG


def test_unknown_address_costs_as_much_as_a_wrong_password(app, monkeypatch):
    asked = []
    monkeypatch.setattr(
        PasswordHasher, "hash", lambda self, text: asked.append(text) or "-"
    )

    with pytest.raises(RuleError):
        sign_ins.sign_in("nobody@example.org", "пароль наугад")

    assert asked == ["пароль наугад"]


@pytest.mark.parametrize("email", ["nobody@example.org", "member@example.org"])
def test_endless_password_is_refused_before_it_is_hashed(member, email, monkeypatch):
    asked = []
    for name in ("hash", "verify"):
        monkeypatch.setattr(PasswordHasher, name, lambda *said: asked.append(said))

    with pytest.raises(RuleError):
        sign_ins.sign_in(email, "а" * 201)

    assert asked == []


def test_closed_account_signs_in_nowhere(member):
    member.closed_at = utcnow()
    db.session.commit()

    with pytest.raises(RuleError, match="доступ закрыт"):
        sign_ins.sign_in(member.email, PASSWORD)


def test_closing_signs_out_at_once(member):
    secret = sign_ins.sign_in(member.email, PASSWORD)

    member.closed_at = utcnow()
    db.session.commit()

    assert sign_ins.find_signed_in(secret) is None


def test_sign_in_ends_after_its_term_and_is_forgotten(member):
    secret = sign_ins.sign_in(member.email, PASSWORD)
    long_ago = utcnow() - sign_ins.LASTS - timedelta(minutes=1)
    db.session.execute(sa.update(SignIn).values(created_at=long_ago))
    db.session.commit()

    assert sign_ins.find_signed_in(secret) is None
    sign_ins.sign_in(member.email, PASSWORD)
    assert count(SignIn) == 1


def used(**ago):
    """Let every browser have been used last so long ago."""
    db.session.execute(sa.update(SignIn).values(seen_at=utcnow() - timedelta(**ago)))
    db.session.commit()


def test_sign_in_of_a_tutor_ends_after_twelve_idle_hours(tutor, member):
    secret = sign_ins.sign_in(tutor.email, PASSWORD)
    at_home = sign_ins.sign_in(member.email, PASSWORD)

    used(hours=11, minutes=59)
    assert sign_ins.find_signed_in(secret) == tutor
    used(hours=12, minutes=1)

    assert sign_ins.find_signed_in(secret) is None
    assert sign_ins.sign_ins_of(tutor) == []
    assert sign_ins.find_signed_in(at_home) == member


def test_sign_in_of_an_admin_ends_after_thirty_days_however_busy(admin, member):
    secret = sign_ins.sign_in(admin.email, PASSWORD)
    at_home = sign_ins.sign_in(member.email, PASSWORD)
    db.session.execute(sa.update(SignIn).values(created_at=utcnow() - MONTH))
    db.session.commit()

    assert sign_ins.find_signed_in(secret) is None
    assert sign_ins.find_signed_in(at_home) == member


@pytest.mark.parametrize("method", ["get", "post"])
def test_work_of_a_tutor_goes_on_for_longer_than_twelve_hours(sign_in, tutor, method):
    browser = sign_in(tutor)
    for _ in range(3):
        used(hours=11)
        assert getattr(browser, method)("/accounts/profile").status_code == 200


def test_page_that_asks_by_itself_keeps_nobody_signed_in(sign_in, tutor):
    browser = sign_in(tutor)
    used(hours=11)

    browser.get("/home/", headers={"Accept": "application/json"})

    seen_at = db.session.scalars(sa.select(SignIn.seen_at)).one()
    assert utcnow() - seen_at > timedelta(hours=10)


def test_people_read_while_the_database_takes_no_writes(sign_in, tutor, caplog):
    browser = sign_in(tutor)
    used(hours=11)

    def refuse(_connection, _cursor, statement, *_):
        if statement.startswith("UPDATE sign_in"):
            raise sa.exc.OperationalError(statement, {}, Exception("disk full"))

    sa.event.listen(db.engine, "before_cursor_execute", refuse)
    page = browser.get("/home/")
    sa.event.remove(db.engine, "before_cursor_execute", refuse)

    assert page.status_code == 200
    assert "not written: disk full" in caplog.text


@pytest.mark.parametrize("name", ["member", "tutor"])
def test_clock_set_back_a_day_signs_nobody_out(sign_in, request, name, monkeypatch):
    browser = sign_in(request.getfixturevalue(name))
    yesterday = time.time() - 24 * 3600
    moment = datetime.fromtimestamp(yesterday, UTC)
    monkeypatch.setattr(sign_ins, "utcnow", lambda: moment)
    monkeypatch.setattr(database, "utcnow", lambda: moment)
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: yesterday)

    assert browser.get("/home/").status_code == 200


def test_database_does_not_hold_the_secret(member):
    secret = sign_ins.sign_in(member.email, PASSWORD)

    stored = db.session.scalars(sa.select(SignIn.token_hash)).one()
    assert secret not in stored
    assert stored == SignIn.digest(secret)


def test_looking_at_a_page_asks_one_thing_about_the_person(member, count_statements):
    secret = sign_ins.sign_in(member.email, PASSWORD)
    db.session.expunge_all()

    with count_statements() as statements:
        person = sign_ins.find_signed_in(secret)
        assert person.has_consented

    assert len(statements) == 1


def test_person_leaves_one_browser_and_then_all(member, other):
    phone, school = (sign_ins.sign_in(member.email, PASSWORD) for _ in range(2))
    strangers = sign_ins.sign_in(other.email, PASSWORD)

    last = sign_ins.sign_ins_of(member)[0]
    sign_ins.sign_out_browser(member, last.id)
    assert sign_ins.find_signed_in(school) is None
    assert sign_ins.find_signed_in(phone) == member

    sign_ins.sign_out_everywhere(member)
    assert sign_ins.find_signed_in(phone) is None
    assert sign_ins.find_signed_in(strangers) == other


def test_nobody_signs_out_somebody_else(member, other):
    secret = sign_ins.sign_in(member.email, PASSWORD)
    place = sign_ins.sign_ins_of(member)[0]

    sign_ins.sign_out_browser(other, place.id)

    assert sign_ins.find_signed_in(secret) == member


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Firefox/140.0", "Firefox, Windows"),
        ("(Linux; Android 14) Chrome/140.0 YaBrowser/25.2", "Яндекс Браузер, Android"),
        ("(iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604", "Safari, iPhone"),
        ("", "Неизвестный браузер"),
    ],
)
def test_browser_is_named_in_words(user_agent, name):
    assert browser_name(user_agent) == name


def test_hash_follows_the_settings_at_the_next_sign_in(app, member):
    member.password_hash = PasswordHasher(1, 16, 1).hash(PASSWORD)
    db.session.commit()

    sign_ins.sign_in(member.email, PASSWORD)

    assert "m=8," in member.password_hash
    assert is_password(PASSWORD, member.password_hash)


def test_old_password_signs_in_nobody_while_it_is_changed(app, member, race):
    user_id, email = member.id, member.email

    def change():
        user = db.session.get(User, user_id)
        change_password(user, current=PASSWORD, new=PASSPHRASE, keep="")

    def enter():
        return sign_ins.sign_in(email, PASSWORD)

    race(change, enter, enter, enter)

    assert count(SignIn) == 0
