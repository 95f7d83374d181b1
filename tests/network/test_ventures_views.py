"""Joint projects: written by the school, read beside each partner."""

from datetime import date

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.network.partners.merging import merge_partners
from lms.network.ventures.models import Venture
from lms.network.ventures.services import add_venture, done_together, ventures_of
from tests.conftest import count
from tests.partners import new_partner, venture_words

TYPED = {"title": "Сад у депо", "kind": "SOCIAL", "authors": "PUPILS", "version": "1"}


@pytest.fixture
def depot(team, captain):
    return new_partner(team, captain)


@pytest.fixture
def venture(team, depot, captain):
    return add_venture(team.school, venture_words(partners=[depot]), author=captain)


@pytest.fixture
def index(team):
    return f"/partners/projects/schools/{team.school_id}/"


def test_captain_writes_down_a_joint_project(sign_in, captain, depot, index):
    browser = sign_in(captain)
    typed = TYPED | {"partner_ids": depot.id, "participants": "300"}

    browser.post(f"{index}new", data=typed)

    page = browser.get(index).text
    assert "Сад у депо" in page
    assert "300\N{NO-BREAK SPACE}человек" in page
    assert f'href="/partners/{depot.id}/"' in page


def test_register_names_what_was_done_together(sign_in, member, venture, team):
    page = sign_in(member).get(f"/partners/schools/{team.school_id}/").text

    assert "Сад у депо: 106 кг, 300\N{NO-BREAK SPACE}участников" in page


def test_project_of_a_merged_partner_stands_beside_the_card(
    venture, depot, team, captain
):
    card = new_partner(team, captain, name="Депо")
    merge_partners(depot, card, author=captain)

    assert list(done_together(ventures_of(team.school_id))) == [card.id]


def test_end_before_the_beginning_is_refused(sign_in, captain, team, index):
    typed = TYPED | {"starts_on": "2026-10-02", "ends_on": "2026-10-01"}

    page = sign_in(captain).post(f"{index}new", data=typed).text

    assert "Окончание раньше начала." in page
    assert count(Venture) == 0


def test_service_refuses_it_too(team, captain):
    words = venture_words(starts_on=date(2026, 10, 2), ends_on=date(2026, 10, 1))

    with pytest.raises(RuleError):
        add_venture(team.school, words, author=captain)


def test_slower_colleague_sees_both_texts(sign_in, captain, member, venture):
    url = f"/partners/projects/{venture.id}"
    sign_in(member).post(url, data=TYPED | {"goal": "Тень летом"})

    page = sign_in(captain).post(url, data=TYPED | {"goal": "Красота"}).text

    assert "Что сохранено сейчас" in page
    assert "Тень летом" in page
    assert "Красота" in page


def test_removed_project_leaves_the_partner(sign_in, captain, venture, depot):
    sign_in(captain).post(f"/partners/projects/{venture.id}/remove")

    assert count(Venture) == 0
    assert db.session.get(type(depot), depot.id)


def test_list_takes_as_many_statements_for_twenty_as_for_two(
    team, depot, captain, count_statements
):
    counts = []
    for number in (2, 20):
        for one in range(number):
            words = venture_words(title=f"Проект {one}", partners=[depot])
            add_venture(team.school, words, author=captain)
        db.session.expire_all()
        with count_statements() as statements:
            done_together(ventures_of(team.school_id))
        counts.append(len(statements))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("result", "amount", "said"),
    [
        ("Посадили восемь рябин.", 106, "Посадили восемь рябин, 106 кг"),
        ("Посадили восемь рябин.", None, "Посадили восемь рябин."),
        ("", 106, "106 кг"),
    ],
)
def test_outcome_is_one_sentence_with_its_number(result, amount, said):
    venture = Venture(**venture_words(result=result, amount=amount))

    assert venture.outcome == said
