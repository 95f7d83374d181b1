"""The link for a new password that an admin sends."""

import pytest

from lms.core.errors import RuleError
from lms.schools.people import links, services
from tests.conftest import copies_of, journal, letters


def test_person_gets_a_password_link(admin, member):
    links.send_password_link(member, actor=admin)

    assert [letter["to"] for letter in letters()] == [member.email]
    assert journal() == ["письмо со ссылкой для пароля"]


def test_second_press_sends_no_second_link(admin, member):
    links.send_password_link(member, actor=admin)
    links.send_password_link(member, actor=admin)

    assert len(letters()) == 1
    assert journal() == ["письмо со ссылкой для пароля"]


def test_corrected_address_gets_a_link_of_its_own(admin, member):
    links.send_password_link(member, actor=admin)
    new = "orlov@example.org"
    facts = {"full_name": member.full_name, "email": new}
    services.correct_person(member, **facts, actor=admin)

    links.send_password_link(member, actor=admin)

    assert [letter["to"] for letter in letters()][-1] == new


def test_two_presses_at_once_send_one_link(admin, member, race):
    person, actor = copies_of(member), copies_of(admin)

    def press():
        links.send_password_link(person(), actor=actor())

    race(press, press)

    assert len(letters()) == 1


def test_closed_person_gets_no_link(admin, member):
    services.close_account(member, actor=admin)

    with pytest.raises(RuleError, match="Сначала откройте"):
        links.send_password_link(member, actor=admin)
