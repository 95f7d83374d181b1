"""New people, their profile and their passwords."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts import services, sign_ins
from lms.identity.accounts.models import Role, SignIn, User
from tests.conftest import PASSPHRASE, PASSWORD, count, letters


def test_registered_person_signs_in(app):
    services.register_person("Орлов  Олег", " Oleg@School.RU ", PASSPHRASE)
    db.session.commit()

    secret = sign_ins.sign_in("oleg@school.ru", PASSPHRASE)

    assert sign_ins.find_signed_in(secret).full_name == "Орлов Олег"


def test_one_address_is_one_person(member):
    with pytest.raises(RuleError, match="уже есть доступ"):
        services.register_person("Другой Олег", member.email.upper(), PASSPHRASE)


def test_two_forms_with_one_address_make_one_person(app, race):
    def register():
        services.register_person("Орлов Олег", "oleg@school.ru", PASSPHRASE)
        db.session.commit()

    outcomes = race(register, register)

    assert sum(isinstance(outcome, RuleError) for outcome in outcomes) == 1
    assert count(User) == 1


def test_first_admin_is_made_from_the_command_line(app):
    services.create_admin("Лях Вера", "Admin@School.ru", PASSPHRASE)

    person = db.session.query(User).one()
    assert (person.email, person.roles) == ("admin@school.ru", {Role.ADMIN})


def test_profile_is_tidied(member):
    services.update_profile(member, full_name=" Орлов   Олег ", timezone="Asia/Omsk")

    assert (member.full_name, member.timezone) == ("Орлов Олег", "Asia/Omsk")


def test_new_password_ends_every_other_sign_in(member):
    here, elsewhere = (sign_ins.sign_in(member.email, PASSWORD) for _ in range(2))

    keep = SignIn.digest(here)
    services.change_password(member, current=PASSWORD, new=PASSPHRASE, keep=keep)

    assert sign_ins.find_signed_in(here) == member
    assert sign_ins.find_signed_in(elsewhere) is None
    assert sign_ins.sign_in(member.email, PASSPHRASE)


def test_person_is_told_that_the_password_changed(member):
    services.change_password(member, current=PASSWORD, new=PASSPHRASE, keep="")

    (letter,) = letters()
    assert letter["to"] == member.email
    assert "изменили не вы" in letter["text"]


@pytest.mark.parametrize(
    ("current", "new", "why"),
    [("не тот", PASSPHRASE, "не подошёл"), (PASSWORD, "1234567890", "подбирают")],
)
def test_refused_change_keeps_the_password(member, current, new, why):
    with pytest.raises(RuleError, match=why):
        services.change_password(member, current=current, new=new, keep="")

    assert sign_ins.sign_in(member.email, PASSWORD)


def test_two_changes_at_once_have_one_winner(app, member, race):
    user_id = member.id

    def change(word):
        user = db.session.get(User, user_id)
        new = f"{PASSPHRASE} {word}"
        services.change_password(user, current=PASSWORD, new=new, keep="")

    outcomes = race(lambda: change("один"), lambda: change("два"))

    assert sum(isinstance(outcome, RuleError) for outcome in outcomes) == 1
