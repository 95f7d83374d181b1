"""Lines of partners: shown by a decision, matched, asked about through the keeper."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.identity.letters.models import Letter
from lms.identity.letters.services import switch_off
from lms.network.exchange import asking
from lms.network.exchange.board import lines_for, own_lines
from lms.network.exchange.models import LineQuestion
from lms.network.exchange.services import CHANGED, EMPTY, hide_line, show_line
from lms.network.partners.merging import merge_partners, part_partner
from lms.network.partners.models import PartnerKind
from lms.network.partners.services import change_partner, close_partner
from lms.schools.teams.models import School
from lms.schools.teams.services import edit_team
from tests.conftest import count, letters
from tests.exchange import neighbour_line, shown
from tests.mentors import settle_school
from tests.partners import new_partner, partner_words


@pytest.fixture
def factory(other_team, other, territory):
    """A line of a school of another town of the region."""
    return neighbour_line(other_team, other, territory)


def read_by(user, kind=None):
    return list(db.session.scalars(lines_for(user, own_lines(user), kind)))


def ask(line, asker, team, text="Возьмёте наших?", **facts):
    asking.ask(line, text, asker=asker, school=team.school, **facts)


def test_nothing_is_shown_until_somebody_decides(captain, other, other_team, factory):
    new_partner(other_team, other, name="Клуб")

    assert read_by(captain) == [factory]


def test_schools_of_another_region_read_nothing(
    captain, team, other, other_team, territory
):
    shown(team, captain)

    assert read_by(other) == []


def test_own_lines_stand_apart(captain, team, factory):
    line = shown(team, captain)

    assert read_by(captain) == [factory]
    assert own_lines(captain).lines == [line]


def test_what_a_neighbour_gives_to_our_need_comes_first(
    captain, team, other, other_team, factory
):
    words = {"kind": PartnerKind.SPORT, "wants": "Волонтёров", "gives": ""}
    asks = shown(other_team, other, name="Клуб", **words)
    suits = shown(other_team, other, name="Вуз", kind=PartnerKind.UNIVERSITY)
    shown(team, captain, name="Наш вуз", kind=PartnerKind.UNIVERSITY, gives="")
    shown(team, captain, name="Наш клуб", kind=PartnerKind.SPORT, wants="")

    assert read_by(captain) == [suits, asks, factory]
    own = own_lines(captain)
    matches = [own.match(one.partner) for one in (suits, asks, factory)]
    assert matches == [
        "у вас такому партнёру нужно: Практикантов летом",
        "у вас такой партнёр даёт: Наставников по электрике",
        "",
    ]


def test_only_what_is_shown_is_matched(captain, team, factory):
    new_partner(team, captain)

    assert own_lines(captain).match(factory.partner) == ""


def test_list_is_narrowed_to_a_kind(captain, factory):
    assert read_by(captain, PartnerKind.BUSINESS) == [factory]
    assert read_by(captain, PartnerKind.SPORT) == []


@pytest.mark.parametrize("end", ["hide", "close", "merge"])
def test_line_goes_when_it_is_hidden_or_the_partner_goes(
    captain, other, other_team, factory, end
):
    partner = factory.partner
    if end == "hide":
        hide_line(partner, author=other)
    elif end == "close":
        close_partner(partner, until=today(), author=other)
    else:
        into = new_partner(other_team, other, name="Сибмаш")
        merge_partners(partner, into, author=other)

    assert read_by(captain) == []
    if end == "merge":
        part_partner(partner, author=other)
        assert read_by(captain) == [factory]


def test_shown_again_it_is_the_same_line(captain, other, factory):
    partner = factory.partner
    hide_line(partner, author=other)

    line = show_line(partner, seen=partner.version, author=other)

    assert (line.id, read_by(captain)) == (factory.id, [factory])


def test_line_is_shown_though_its_author_has_to_be_read_anew(team, captain):
    partner = new_partner(team, captain)
    db.session.expire_all()

    assert show_line(partner, seen=1, author=captain).shown_by_id == captain.id


def test_card_that_a_colleague_has_changed_is_looked_at_again(team, captain, member):
    partner = new_partner(team, captain)
    change_partner(partner, partner_words(gives="Всё"), seen=1, author=member)

    with pytest.raises(RuleError, match=CHANGED):
        show_line(partner, seen=1, author=captain)


def test_empty_card_is_not_shown(team, captain):
    partner = new_partner(team, captain, gives="", wants="")

    with pytest.raises(RuleError, match=EMPTY):
        show_line(partner, seen=1, author=captain)


@pytest.mark.parametrize("contact", ["8 913 000-11-22", "kotov@depo.example"])
def test_contact_of_an_older_card_is_not_shown(team, captain, contact):
    partner = new_partner(team, captain)
    partner.gives = f"Цех, звоните: {contact}"
    db.session.commit()

    with pytest.raises(RuleError, match="Похоже на чей-то контакт"):
        show_line(partner, seen=1, author=captain)


def test_keeper_learns_of_a_question_and_the_asker_of_the_answer(
    captain, team, other, factory
):
    ask(factory, captain, team)
    [question] = asking.questions_of(factory)

    asking.answer(factory, question, "Да, двоих.", member=other)

    asked, answered = letters()
    assert (asked["to"], answered["to"]) == (other.email, captain.email)
    assert captain.email not in asked["text"]
    assert other.email not in answered["text"]
    assert "Да, двоих." in answered["text"]


def test_questions_come_by_a_kind_of_letters_of_their_own(
    captain, team, other, factory
):
    switch_off(other, [Letter.NETWORK])

    ask(factory, captain, team)

    assert letters() == []


def test_captain_learns_where_nobody_keeps_in_touch(
    captain, team, other, other_team, territory
):
    line = neighbour_line(other_team, other, territory, keeper_id=None)

    ask(line, captain, team)

    assert [one["to"] for one in letters()] == [other.email]


def test_second_question_waits_for_the_answer(captain, member, team, factory):
    ask(factory, captain, team)

    with pytest.raises(RuleError, match="уже у школы"):
        ask(factory, captain, team, "А летом?")

    ask(factory, member, team)
    assert count(LineQuestion) == 2


def test_question_is_sent_once(captain, team, factory):
    for _ in range(2):
        ask(factory, captain, team, form_key="2b" * 16)

    assert count(LineQuestion) == 1


def test_question_about_what_was_hidden_meanwhile_is_refused(
    captain, team, other, factory
):
    hide_line(factory.partner, author=other)

    with pytest.raises(RuleError, match="больше не показывает"):
        ask(factory, captain, team)


def test_question_is_answered_once(captain, team, other, factory):
    ask(factory, captain, team)
    [question] = asking.questions_of(factory)
    asking.answer(factory, question, "Да.", member=other)

    with pytest.raises(RuleError, match="уже ответили"):
        asking.answer(factory, question, "Нет.", member=other)

    assert question.answer == "Да."


def test_question_goes_along_when_the_school_is_corrected(
    captain, team, factory, admin
):
    ask(factory, captain, team)
    right = School(name="Школа № 77", municipality="Бердск")

    edit_team(team, school=right, name="Опора", tutor=team.tutor, actor=admin)

    assert [one.school for one in asking.questions_of(factory)] == [right]


def test_list_takes_as_many_statements_for_twenty_as_for_two(
    captain, other, other_team, territory, count_statements
):
    settle_school(other_team, territory.parent)
    counts = []
    for number in (2, 20):
        for one in range(number):
            shown(other_team, other, name=f"Клуб {number} {one}")
        db.session.expire_all()
        with count_statements() as statements:
            for line in read_by(captain):
                assert line.partner.school.name
        counts.append(len(statements))

    assert counts[0] == counts[1]
