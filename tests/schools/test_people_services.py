"""Inviting people, their roles, closing and opening accounts."""

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts import sign_ins
from lms.identity.accounts.models import Role, User
from lms.identity.accounts.permissions import ADMINS, among
from lms.identity.audit.models import AuditEvent
from lms.identity.audit.sentences import details_of
from lms.schools.people import services
from tests.conftest import PASSWORD, copies_of, journal, letters, person

BOTH = frozenset({Role.TUTOR, Role.ADMIN})
TUTOR = frozenset({Role.TUTOR})
NOTHING = frozenset()


@pytest.fixture
def second_admin(app):
    """Shares the work of `admin`."""
    return person("Ли Мария Петровна", "li@example.org", Role.ADMIN)


def open_admins():
    admins = sa.select(User).where(among(ADMINS))
    return len(db.session.scalars(admins).all())


def test_invited_tutor_gets_a_letter_with_a_link(admin):
    tutor = services.invite_person(
        "Ким Ольга", "kim@school.ru", roles=TUTOR, actor=admin
    )

    (letter,) = letters()
    assert letter["to"] == "kim@school.ru"
    assert "Ваша роль: тьютор" in letter["text"]
    assert "/accounts/reset/" in letter["text"]
    assert (tutor.roles, journal()) == (TUTOR, ["открыт доступ"])


def test_letter_to_whom_two_roles_are_given_names_roles(admin):
    services.invite_person("Ким Ольга", "kim@school.ru", roles=BOTH, actor=admin)

    assert "Ваши роли: администратор, тьютор." in letters()[0]["text"]


def test_nobody_is_invited_twice(admin, member):
    with pytest.raises(RuleError, match="уже есть доступ"):
        services.invite_person("Орлов Олег", member.email, roles=TUTOR, actor=admin)

    assert letters() == []


def test_roles_add_up_and_are_journalled(admin, member):
    services.set_roles(member, BOTH, actor=admin)

    event = db.session.scalars(sa.select(AuditEvent)).one()
    assert member.roles == BOTH
    assert details_of(event, {}) == [("роли", "", "администратор, тьютор")]
    assert event.object_title == "Орлов Олег Сергеевич"


def test_same_roles_again_are_no_event(admin, tutor):
    services.set_roles(tutor, TUTOR, actor=admin)

    assert journal() == []


def test_last_admin_stays(admin):
    with pytest.raises(RuleError, match="последний администратор"):
        services.set_roles(admin, NOTHING, actor=admin)

    assert admin.roles & ADMINS


def test_closed_admin_does_not_count(admin, second_admin):
    services.close_account(second_admin, actor=admin)

    with pytest.raises(RuleError, match="последний администратор"):
        services.set_roles(admin, NOTHING, actor=admin)


def test_two_admins_giving_up_at_once_leave_one(admin, second_admin, race):
    ids = [admin.id, second_admin.id]

    def give_up(user_id):
        user = db.session.get(User, user_id)
        services.set_roles(user, NOTHING, actor=user)

    outcomes = race(lambda: give_up(ids[0]), lambda: give_up(ids[1]))

    assert sum(isinstance(outcome, RuleError) for outcome in outcomes) == 1
    assert open_admins() == 1


def test_two_admins_closing_each_other_leave_one(admin, second_admin, race):
    ids = [admin.id, second_admin.id]

    def close(whom, who):
        actor = db.session.get(User, who)
        services.close_account(db.session.get(User, whom), actor=actor)

    outcomes = race(lambda: close(*ids), lambda: close(*reversed(ids)))

    assert sum(isinstance(outcome, RuleError) for outcome in outcomes) == 1
    assert open_admins() == 1


def test_closed_person_is_out_and_comes_back_without_old_sign_ins(admin, member):
    secret = sign_ins.sign_in(member.email, PASSWORD)

    services.close_account(member, actor=admin)
    services.reopen_account(member, actor=admin)

    assert sign_ins.find_signed_in(secret) is None
    assert sign_ins.sign_in(member.email, PASSWORD)
    assert journal() == ["закрыт доступ", "снова открыт доступ"]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (services.close_account, ["закрыт доступ"]),
        (services.reopen_account, ["закрыт доступ", "снова открыт доступ"]),
    ],
)
def test_several_presses_stand_in_the_journal_once(admin, member, race, act, told):
    if act is services.reopen_account:
        services.close_account(member, actor=admin)
    whom, who = copies_of(member), copies_of(admin)

    race(*[lambda: act(whom(), actor=who())] * 4)

    assert journal() == told


def test_nobody_closes_the_own_account(admin, second_admin):
    with pytest.raises(RuleError, match="другого администратора"):
        services.close_account(admin, actor=admin)


def test_mistyped_address_is_mended(admin, member):
    services.correct_person(
        member, full_name="Орлов  Олег", email="Orlov@School.ru", actor=admin
    )

    assert (member.full_name, member.email) == ("Орлов Олег", "orlov@school.ru")
    assert sign_ins.sign_in("orlov@school.ru", PASSWORD)
    assert letters() == []


def test_who_used_the_old_address_is_told_there(admin, member):
    sign_ins.sign_in(member.email, PASSWORD)

    services.correct_person(
        member, full_name=member.full_name, email="orlov@school.ru", actor=admin
    )

    (letter,) = letters()
    assert letter["to"] == "member@example.org"
    assert "orlov@school.ru" not in letter["text"]


def test_address_of_somebody_else_is_refused(admin, member, other):
    with pytest.raises(RuleError, match="уже есть доступ"):
        services.correct_person(
            member, full_name="Орлов Олег", email=other.email, actor=admin
        )

    assert member.email == "member@example.org"
    assert member.full_name == "Орлов Олег Сергеевич"


def test_nothing_mended_is_no_event(admin, member):
    services.correct_person(
        member, full_name=member.full_name, email=member.email, actor=admin
    )

    assert journal() == []
