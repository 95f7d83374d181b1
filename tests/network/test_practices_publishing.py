"""Between a team and the bank: an editor decides, the team takes its card back."""

import pytest

from lms.core.errors import RuleError
from lms.network.practices.models import PracticeState
from lms.network.practices.publishing import give_back, publish, withdraw
from lms.network.practices.writing import ask_team, change_card
from tests.conftest import letters
from tests.practices import WORDS, agree


def test_public_card_is_changed_only_after_it_was_withdrawn(published, captain):
    with pytest.raises(RuleError, match="отзовите"):
        change_card(published, WORDS, captain=captain)

    withdraw(published, captain=captain)
    change_card(published, WORDS, captain=captain)

    assert (published.version, published.state) == (2, PracticeState.DRAFT)


def test_editor_decides_on_what_was_read(card, captain, member, admin):
    ask_team(card, captain=captain)
    agree(card, member)
    change_card(card, WORDS | {"result": "Иначе."}, captain=captain)

    with pytest.raises(RuleError, match="уже"):
        publish(card, editor=admin, version=1)


def test_returned_card_says_why(card, captain, member, admin):
    ask_team(card, captain=captain)
    agree(card, member)

    give_back(card, "Кто это «они»?", editor=admin, version=1)

    assert (card.state, card.note) == (PracticeState.RETURNED, "Кто это «они»?")
    assert any("Кто это «они»?" in letter["text"] for letter in letters())
