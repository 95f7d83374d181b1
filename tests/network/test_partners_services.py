"""Partners are added once, corrected by several, closed and kept."""

from datetime import timedelta

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.network.partners.models import Partner
from lms.network.partners.register import register_of
from lms.network.partners.rules import contact_in
from lms.network.partners.services import (
    MOST,
    add_listed,
    change_partner,
    close_partner,
    partners_by_name,
    reopen_partner,
)
from lms.schools.teams.models import School
from lms.schools.teams.services import edit_team
from tests.conftest import save
from tests.partners import agree, new_partner, partner_words


@pytest.fixture
def depot(team, captain):
    return new_partner(team, captain)


@pytest.mark.parametrize("name", ["вагонное  ДЕПО", "«Вагонное депо»", "Вагонное-депо"])
def test_partner_of_the_same_name_is_there_already(depot, team, captain, name):
    with pytest.raises(RuleError, match="уже есть"):
        new_partner(team, captain, name=name)


def test_register_of_a_school_holds_three_hundred(depot, team, captain):
    words = partner_words(keeper_id=captain.id)
    listed = [words | {"name": f"Завод № {number}"} for number in range(MOST)]

    with pytest.raises(RuleError, match="не больше 300 партнёров"):
        add_listed(team.school, listed, author=captain)
    assert list(partners_by_name(team.school_id).values()) == [depot]

    assert add_listed(team.school, listed[1:], author=captain) == MOST - 1
    with pytest.raises(RuleError, match="не больше 300 партнёров"):
        new_partner(team, captain, name="Ещё один")


def test_another_school_has_a_partner_of_the_same_name(depot, other_team, other):
    theirs = new_partner(other_team, other)

    assert theirs.id != depot.id


def test_colleague_who_was_slower_is_told_and_changes_nothing(depot, captain, member):
    words = partner_words(gives="Экскурсии")
    change_partner(depot, words, seen=1, author=member)

    with pytest.raises(RuleError, match="сохранил кто-то ещё"):
        change_partner(depot, partner_words(gives="Цех"), seen=1, author=captain)

    assert db.session.get(Partner, depot.id).gives == "Экскурсии"


def test_partner_cannot_take_the_name_of_another(depot, team, captain):
    plant = new_partner(team, captain, name="Завод")

    with pytest.raises(RuleError, match="уже есть"):
        change_partner(plant, partner_words(), seen=1, author=captain)


def test_closed_partner_leaves_the_table_and_keeps_the_agreements(depot, captain):
    agree(depot, captain, days=20)
    close_partner(depot, until=today(), author=captain)

    register = register_of(depot.school_id)

    assert register.present == []
    (line,) = register.closed
    assert len(line.partner.agreements) == 1


def test_closed_partner_is_taken_up_again(depot, captain):
    close_partner(depot, until=today(), author=captain)

    reopen_partner(depot, author=captain)

    assert [line.partner for line in register_of(depot.school_id).present] == [depot]


@pytest.mark.parametrize(("since", "until"), [(0, -1), (-9, 1)])
def test_work_does_not_end_before_it_began_or_tomorrow(depot, captain, since, until):
    depot.since = today() + timedelta(days=since)
    db.session.commit()

    with pytest.raises(RuleError):
        close_partner(depot, until=today() + timedelta(days=until), author=captain)


def test_agreement_does_not_end_before_it_began(depot, captain):
    with pytest.raises(RuleError, match="раньше начала"):
        agree(depot, captain, days=-1, signed_on=today())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Звоните Ольге: +7 913 123-45-67", "+7 913 123-45-67"),
        ("8(913)1234567 после шести", "8(913)1234567"),
        ("913 123 45 67", "913 123 45 67"),
        ("пишите olga@mail.ru", "olga@mail.ru"),
        ("пишите @olga_iv или звоните", "@olga_iv"),
        ("канал https://t.me/olga_iv", "t.me/olga_iv"),
        ("Телефон доверия 8-800-200-01-22", ""),
        ("Комнату 12, столы 30 штук до 15.09.2026", ""),
        ("Договор 8913-12 на 120 000 рублей", ""),
    ],
)
def test_contact_is_found_among_words(text, found):
    assert contact_in(text) == found


def test_partners_follow_their_school_when_it_was_named_wrongly(
    depot, team, cohort, admin
):
    right = save(School(name="Гимназия № 2", municipality="Новосибирск"))

    edit_team(team, school=right, name=team.name, tutor=None, actor=admin)

    assert db.session.get(Partner, depot.id).school_id == right.id


def test_register_takes_as_many_statements_for_forty_as_for_two(
    team, captain, count_statements
):
    counts = []
    for number in (2, 40):
        for one in range(number):
            agree(new_partner(team, captain, name=f"Партнёр {number}-{one}"), captain)
        db.session.expire_all()
        with count_statements() as statements:
            register_of(team.school_id)
        counts.append(len(statements))

    assert counts[0] == counts[1]
