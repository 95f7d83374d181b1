"""Consent: in the bank stands what the captain and everybody quoted agreed to."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.erasures.ties import ties_of
from lms.identity.letters.models import Letter
from lms.identity.letters.services import switch_off
from lms.network.practices.agreeing import answer, go_on_without_the_silent
from lms.network.practices.consents import Consents, consents_of
from lms.network.practices.models import (
    Part,
    Practice,
    PracticeConsent,
    PracticeState,
)
from lms.network.practices.publishing import publish, withdraw
from lms.network.practices.writing import ask_team, change_card
from tests.conftest import letters
from tests.practices import FACTS, PAIRS, WORDS, agree

QUOTED = WORDS | {"how": "Сами придумали, как звать.", "result": PAIRS}


def shown(practice):
    return consents_of(practice).shown


def wait(practice, days):
    """Have a card been shown to its authors some days ago."""
    practice.asked_at = utcnow() - timedelta(days=days)
    db.session.commit()
    go_on_without_the_silent({})
    db.session.refresh(practice)


def test_card_goes_to_the_editor_when_everybody_agreed(card, captain, member):
    ask_team(card, captain=captain)

    agree(card, member)

    assert card.state is PracticeState.EDITOR
    assert shown(card) == [Part.WHAT, Part.HOW, Part.FAILED]


def test_card_waits_for_whoever_has_not_answered(card, captain):
    ask_team(card, captain=captain)

    wait(card, days=13)

    assert card.state is PracticeState.CONSENT


def test_card_goes_on_without_the_words_of_the_silent(card, captain):
    change_card(card, QUOTED, captain=captain)
    ask_team(card, captain=captain)

    wait(card, days=15)

    assert card.state is PracticeState.EDITOR
    assert consents_of(card).left_out == [Part.RESULT]


def test_card_without_its_essentials_comes_back(card, captain, member):
    ask_team(card, captain=captain)

    answer(card, author=member, version=1, agrees=False)

    assert card.state is PracticeState.RETURNED
    assert captain.email in {letter["to"] for letter in letters()}


def test_person_with_a_closed_account_is_not_waited_for(card, captain, member):
    change_card(card, QUOTED, captain=captain)
    member.closed_at = utcnow()

    ask_team(card, captain=captain)

    assert card.state is PracticeState.EDITOR
    assert Part.RESULT not in shown(card)


def test_answer_to_an_earlier_version_is_refused(card, captain, member):
    ask_team(card, captain=captain)
    change_card(card, WORDS | {"result": "Шьют двое."}, captain=captain)
    ask_team(card, captain=captain)

    with pytest.raises(RuleError, match="изменили"):
        agree(card, member, version=1)


def test_whoever_is_not_quoted_is_not_asked(card, captain, other):
    ask_team(card, captain=captain)

    with pytest.raises(RuleError, match="не спрашивают"):
        agree(card, other)


def test_words_leave_the_bank_with_the_consent(accepted, card, captain, member, admin):
    change_card(card, QUOTED, captain=captain)
    ask_team(card, captain=captain)
    agree(card, member)
    publish(card, editor=admin, version=card.version)

    answer(card, author=member, version=card.version, agrees=False)

    assert (card.is_public, Part.RESULT in shown(card)) == (True, False)
    assert "мастерск" not in card.words


def test_card_whose_essentials_leave_is_public_no_more(published, member):
    answer(published, author=member, version=published.version, agrees=False)

    assert (published.is_public, published.was_public) == (False, True)


def test_author_who_asks_to_be_erased_hears_of_the_card(published, member):
    told = [tie.sentence for tie in ties_of(member)]

    assert any("в 1\xa0карточке банка практик" in one for one in told)


def test_consent_that_comes_after_the_editor_is_refused(card, captain, member):
    change_card(card, QUOTED, captain=captain)
    ask_team(card, captain=captain)
    wait(card, days=15)

    with pytest.raises(RuleError, match="ушла дальше"):
        agree(card, member)


PEOPLE = range(1, 5)
VERSIONS = st.integers(1, 3)
SAID = st.dictionaries(st.sampled_from(PEOPLE), st.tuples(VERSIONS, st.booleans()))
WHOSE = st.dictionaries(st.sampled_from(Part), st.sets(st.sampled_from(PEOPLE)))


@given(said=SAID, quoted=WHOSE, version=VERSIONS, captain=st.sampled_from(PEOPLE))
@settings(max_examples=200)
def test_nothing_is_shown_without_consent_to_this_very_version(
    said, quoted, version, captain
):
    texts = {part.column: "слова" for part in Part}
    practice = Practice(**FACTS, **texts, version=version, asked_by_id=captain)
    people = {part: [User(id=one) for one in whose] for part, whose in quoted.items()}
    heard = {
        person: PracticeConsent(user_id=person, version=number, agrees=agrees)
        for person, (number, agrees) in said.items()
        if number == version
    }

    parts = Consents(practice, people, heard).shown

    for part in parts:
        needed = {captain, *quoted.get(part, ())}
        assert all(said.get(one) == (version, True) for one in needed)


ACTS = st.lists(
    st.sampled_from(["change", "ask", "yes", "no", "publish", "withdraw", "wait"]),
    max_size=9,
)


@given(acts=ACTS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_the_bank_holds_agreed_words_alone(
    card_anew, captain, member, admin, acts
):
    practice = card_anew()

    for act in acts:
        play(act, practice, captain, member, admin)
        check(practice, captain, member)


def play(act, practice, captain, member, editor):
    """Do one thing with a card; what is refused changes nothing."""
    number = practice.version
    does = {
        "change": lambda: change_card(practice, QUOTED, captain=captain),
        "ask": lambda: ask_team(practice, captain=captain),
        "yes": lambda: answer(practice, author=member, version=number, agrees=True),
        "no": lambda: answer(practice, author=member, version=number, agrees=False),
        "publish": lambda: publish(practice, editor=editor, version=number),
        "withdraw": lambda: withdraw(practice, captain=captain),
        "wait": lambda: wait(practice, days=15),
    }
    try:
        does[act]()
    except RuleError:
        db.session.rollback()
    db.session.refresh(practice)


def check(practice, captain, member):
    """Look at the bank as a visitor: nothing stands there without a word for it."""
    consents = consents_of(practice)
    words = practice.words
    if not practice.is_public:
        assert words == ""
        return
    assert consents.agrees(captain.id)
    assert consents.has_essentials
    if not consents.agrees(member.id):
        assert Part.RESULT not in consents.shown
        assert "мастерск" not in words


@pytest.mark.parametrize(
    ("kind", "asked"), [(Letter.FROM_TUTOR, 1), (Letter.NETWORK, 0)]
)
def test_letters_of_the_bank_are_of_a_kind_of_their_own(
    card, captain, member, kind, asked
):
    before = len(letters())
    switch_off(member, [kind])

    ask_team(card, captain=captain)

    assert len(letters()) - before == asked


def test_captain_who_has_left_takes_the_consent_back(
    published, captain, member, sign_in, guest
):
    own, next_one = published.team.memberships
    own.left_at, own.is_captain, next_one.is_captain = utcnow(), False, True
    db.session.commit()
    browser, url = sign_in(captain), f"/practices/{published.id}/"
    assert "Ваш ответ" in browser.get(url).text

    browser.post(f"{url}answer", data={"version": "1", "agrees": "no"})

    assert guest.get(url).status_code == 410
    assert letters()[-1]["to"] == member.email
