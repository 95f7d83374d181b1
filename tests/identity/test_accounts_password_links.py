"""Replacing a forgotten password by a link from a letter."""

from collections import Counter
from datetime import timedelta
from email import message_from_bytes

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.job_tries import try_again
from lms.core.jobs import Job
from lms.identity.accounts import password_links, sign_ins
from lms.identity.accounts.models import SignIn
from tests.conftest import PASSPHRASE, PASSWORD, count, letters


@pytest.fixture
def token(member):
    """The secret end of the link of a person who has signed in before."""
    member.signed_in_at = utcnow()
    db.session.commit()
    return password_links.password_link(member).rsplit("/", 1)[1]


@pytest.fixture
def later(monkeypatch):
    """Return a function that lets time pass."""

    def let_pass(**time):
        moment = utcnow() + timedelta(**time)
        monkeypatch.setattr(password_links, "utcnow", lambda: moment)

    return let_pass


def test_letter_leads_to_a_new_password(member):
    member.signed_in_at = utcnow()
    password_links.request_password_link(f" {member.email.upper()}")

    (letter,) = letters()
    token = letter["text"].split("/accounts/reset/")[1].split()[0]
    password_links.reset_password(token, PASSPHRASE)

    assert sign_ins.sign_in(member.email, PASSPHRASE)
    assert member.email_confirmed_at


def test_link_is_stored_nowhere(member):
    password_links.request_password_link(member.email)
    stored = [db.session.scalar(sa.select(Job.payload))]

    assert letters()
    stored += db.session.scalars(sa.select(Job.payload))
    assert [job["email"] for job in stored] == [member.email] * 2
    assert "/reset/" not in str(stored)


def test_letter_with_a_link_has_its_name_at_each_try(app, member):
    password_links.request_password_link(member.email)
    letters()
    try_again(Job.lies_in_folder())
    password_links.request_password_link(member.email)
    letters()

    files = (app.config["INSTANCE"] / "mail").iterdir()
    names = [message_from_bytes(file.read_bytes())["Message-ID"] for file in files]
    assert sorted(Counter(names).values()) == [1, 2]


def test_unknown_address_leaves_the_same_trace_but_no_letter(app):
    password_links.request_password_link("nobody@example.org")

    assert count(Job) == 1
    assert letters() == []


def test_closed_account_gets_no_letter(member):
    member.closed_at = utcnow()
    password_links.request_password_link(member.email)

    assert letters() == []


def test_link_works_once(token):
    password_links.reset_password(token, PASSPHRASE)

    with pytest.raises(RuleError, match="больше не действует"):
        password_links.reset_password(token, PASSPHRASE + " ещё")


def test_one_link_pressed_twice_at_once_sets_one_password(app, token, race):
    outcomes = race(
        lambda: password_links.reset_password(token, PASSPHRASE + " один"),
        lambda: password_links.reset_password(token, PASSPHRASE + " два"),
    )

    assert sum(isinstance(outcome, RuleError) for outcome in outcomes) == 1


def test_link_dies_after_an_hour(token, later):
    later(minutes=59)
    assert password_links.find_by_password_link(token)

    later(minutes=61)
    assert password_links.find_by_password_link(token) is None


def test_invited_person_has_a_week(member, later):
    token = password_links.password_link(member).rsplit("/", 1)[1]

    later(days=6)
    assert password_links.find_by_password_link(token) == member

    later(days=8)
    assert password_links.find_by_password_link(token) is None


def test_forged_link_opens_nothing(token):
    other = "B" if token[-9] == "A" else "A"  # the last character holds spare bits
    forged = token[:-9] + other + token[-8:]

    assert password_links.find_by_password_link(forged) is None
    assert password_links.find_by_password_link("W10.a.b") is None


def test_new_password_by_link_signs_out_everywhere(member, token):
    sign_ins.sign_in(member.email, PASSWORD)

    password_links.reset_password(token, PASSPHRASE)

    assert count(SignIn) == 0


def test_easy_password_leaves_the_link_alive(token):
    with pytest.raises(RuleError, match="10 знаков"):
        password_links.reset_password(token, "мало")

    assert password_links.find_by_password_link(token)


def test_link_sent_to_a_mistyped_address_dies_with_it(member, token):
    member.email = "orlov@school.ru"
    db.session.commit()

    assert password_links.find_by_password_link(token) is None
