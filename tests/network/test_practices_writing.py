"""Making a card of an accepted work: what fills it, and what keeps it from authors."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.network.practices.consents import consents_of
from lms.network.practices.models import Part, Practice, PracticeState
from lms.network.practices.outsiders import contacts_in, mentions_in
from lms.network.practices.quoting import authors_of_parts, quotes
from lms.network.practices.writing import (
    ask_team,
    begin_card,
    change_card,
    confirm_words,
    unconfirmed,
)
from lms.work.submissions.services import start_submission
from tests.conftest import copies_of, count, letters
from tests.practices import ASKED, PAIRS, WORDS, write_card


def flagged(text, *people):
    return [mention.word for mention in mentions_in([text], people)]


def test_card_is_filled_from_the_work(accepted, captain):
    practice = begin_card(accepted, captain=captain)

    assert (practice.what, practice.how) == (ASKED, PAIRS)
    assert practice.title == "Карта наставничества"


def test_same_attempt_twice_leads_to_the_first_card(accepted, captain, race):
    work, person = copies_of(accepted), copies_of(captain)

    made = race(*[lambda: begin_card(work(), captain=person()).id] * 2)

    assert len(set(made)) == count(Practice) == 1


def test_work_that_was_not_accepted_is_not_offered(module, team, captain):
    work = start_submission(module, user=captain, team=team)

    with pytest.raises(RuleError, match="зачтённую"):
        begin_card(work, captain=captain)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Пришла Нина Сергеевна и помогла.", ["Нина", "Сергеевна"]),
        ("Говорили с Ниной, потом с Петром.", ["Ниной", "Петром"]),
        ("Ведёт Седова А. В., учитель.", ["Седова А. В."]),
        ("Помог А. Орлов из депо.", ["А. Орлов"]),
        ("Артём из 5 «Б» молчал.", ["Артём", "5 «Б»"]),
        ("Ребята из 10-А и 7б класса.", ["10-А", "7б"]),
        ("Позвали дядю Кузнецова.", ["Кузнецова"]),
        ("Встретились 5 а потом ещё 8 и все остались.", []),
        ("Основной итог: дети ждали. Магазин помог.", []),
    ],
)
def test_names_and_classes_are_flagged(text, words):
    assert flagged(text) == words


def test_names_of_the_team_are_flagged_in_any_form():
    assert flagged("Листки собирал Зуй.", "Зуй Глеб Ильич") == ["Зуй"]


def test_addresses_and_telephones_are_found():
    found = contacts_in(["Пишите a.b@school.ru или +7 383 123-45-67, звоните 8 утра."])

    assert found == ["a.b@school.ru", "+7 383 123-45-67"]


def test_each_name_is_confirmed_before_the_authors_are_asked(card, captain):
    words = WORDS | {"result": "Нина и Пётр остались."}
    change_card(card, words, captain=captain)

    confirm_words(card, {"нина"}, captain=captain)

    assert [one.word for one in unconfirmed(card)] == ["Пётр"]
    with pytest.raises(RuleError, match="Пётр"):
        ask_team(card, captain=captain)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"failed": ""}, "Что не получилось"),
        ({"how": "слово " * 300}, "Сократите"),
        ({"result": "Пишите a@b.ru"}, "Уберите адреса"),
        ({"time": None}, "чего стоило"),
    ],
)
def test_card_that_is_not_ready_is_shown_to_nobody(card, captain, changes, words):
    change_card(card, WORDS | changes, captain=captain)

    with pytest.raises(RuleError, match=words):
        ask_team(card, captain=captain)

    assert card.state is PracticeState.DRAFT


@pytest.mark.parametrize(
    ("text", "is_quote"),
    [
        ("Как сказано: швея и двое восьмиклассников встречаются.", True),
        ("Швея и двое других учеников.", False),
        ("По средам.", True),
        ("", False),
    ],
)
def test_five_words_in_a_row_are_a_quotation(text, is_quote):
    assert quotes(text, PAIRS) is is_quote


def test_everybody_who_wrote_the_field_is_an_author(card, captain, member):
    authors = authors_of_parts(card)

    assert authors[Part.WHAT] == {captain.id}
    assert authors[Part.HOW] == {member.id}
    assert authors[Part.FAILED] == frozenset()


def test_author_who_left_is_asked_as_well(card, captain, member, team):
    place = next(one for one in team.memberships if one.user_id == member.id)
    place.left_at = place.joined_at
    db.session.commit()

    ask_team(card, captain=captain)

    assert consents_of(card).awaited == [member]


def test_authors_get_a_letter_with_the_fields_that_quote_them(card, captain, member):
    ask_team(card, captain=captain)

    (letter,) = letters()
    assert (letter["to"], "«Как это делали»" in letter["text"]) == (member.email, True)
    assert captain.email not in letter["text"]


def test_changed_text_is_a_new_version_and_asks_anew(card, captain, member):
    ask_team(card, captain=captain)

    change_card(card, WORDS | {"result": "Шьют двое."}, captain=captain)

    assert (card.version, card.state) == (2, PracticeState.DRAFT)
    assert consents_of(card).said == {}


def test_card_without_words_of_others_goes_to_the_editor_at_once(accepted, captain):
    own = "Мастерица раз в неделю показывала ребятам, как кроить и сметать."

    practice = write_card(accepted, captain, how=own)
    ask_team(practice, captain=captain)

    assert practice.state is PracticeState.EDITOR
