"""Two cards of one partner become one, lose nothing, and are parted again."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.network.partners.merging import merge_partners, part_partner
from lms.network.partners.models import Partner
from lms.network.partners.register import register_of
from tests.conftest import copies_of
from tests.partners import agree, new_partner


@pytest.fixture
def depot(team, captain):
    partner = new_partner(team, captain)
    agree(partner, captain, number="1")
    return partner


@pytest.fixture
def twin(team, member):
    """The same depot, as a colleague has written it."""
    partner = new_partner(team, member, name="Депо «Инская»", person="Лось Вера")
    agree(partner, member, number="2")
    return partner


def lines_of(partner):
    return [
        (line.partner.name, [one.number for one in line.in_force])
        for line in register_of(partner.school_id).present
    ]


def test_merged_partner_is_one_line_with_every_agreement(depot, twin, captain):
    merge_partners(twin, depot, author=captain)

    assert lines_of(depot) == [("Вагонное депо", ["1", "2"])]


def test_parted_partner_has_what_was_its_own(depot, twin, captain):
    before = lines_of(depot)
    merge_partners(twin, depot, author=captain)

    part_partner(twin, author=captain)

    assert lines_of(depot) == before


def test_whoever_was_merged_goes_along(depot, twin, team, captain):
    third = new_partner(team, captain, name="Депо")
    merge_partners(twin, depot, author=captain)
    merge_partners(depot, third, author=captain)

    assert lines_of(third) == [("Депо", ["1", "2"])]
    part_partner(twin, author=captain)
    assert lines_of(third) == [("Депо", ["1"]), ("Депо «Инская»", ["2"])]


def test_whoever_came_along_goes_back_with_the_one_that_is_parted(
    depot, twin, team, captain
):
    third = new_partner(team, captain, name="Депо")
    fourth = new_partner(team, captain, name="Инская")
    merge_partners(fourth, twin, author=captain)
    merge_partners(twin, depot, author=captain)
    before = lines_of(depot)
    merge_partners(depot, third, author=captain)

    part_partner(depot, author=captain)

    assert lines_of(depot) == before
    part_partner(twin, author=captain)
    assert fourth.merged_into is twin


def test_two_who_merge_each_into_the_other_make_no_circle(depot, twin, captain, race):
    one, other, author = map(copies_of, (depot, twin, captain))

    answers = race(
        lambda: merge_partners(one(), other(), author=author()),
        lambda: merge_partners(other(), one(), author=author()),
    )

    assert sum(isinstance(answer, RuleError) for answer in answers) == 1
    assert len(register_of(depot.school_id).present) == 1


def test_card_of_a_merged_partner_leads_to_the_one_that_stays(
    depot, twin, sign_in, captain
):
    browser = sign_in(captain)
    browser.post(f"/partners/{twin.id}/merge", data={"into_id": depot.id})

    answer = browser.get(f"/partners/{twin.id}/")

    assert answer.location == f"/partners/{depot.id}/"
    page = browser.get(answer.location).text
    assert "Депо «Инская»" in page
    assert "Лось Вера" in page


def test_card_that_stays_is_asked_for(depot, twin, sign_in, captain):
    url = f"/partners/{twin.id}/merge"
    browser = sign_in(captain)
    assert '<option selected value="0">выберите' in browser.get(url).text

    page = browser.post(url, data={"into_id": "0"}).text

    assert "Выберите карточку, которая останется." in page
    assert db.session.get(Partner, twin.id).merged_into_id is None


def test_words_for_a_card_that_was_merged_meanwhile_are_handed_back(
    depot, twin, sign_in, captain
):
    merge_partners(twin, depot, author=captain)

    typed = {"name": "Депо", "kind": "BUSINESS", "gives": "Цех для экскурсий"}
    answer = sign_in(captain).post(f"/partners/{twin.id}/edit", data=typed)

    assert answer.status_code == 409
    assert "объединили с карточкой «Вагонное депо»" in answer.text
    assert "Цех для экскурсий" in answer.text


def test_name_of_a_merged_partner_is_known(depot, twin, sign_in, captain, team):
    merge_partners(twin, depot, author=captain)

    with pytest.raises(RuleError, match="уже есть"):
        new_partner(team, captain, name="депо инская")

    assert db.session.query(Partner).count() == 2


def test_partner_is_not_merged_into_that_of_another_school(
    depot, other_team, other, sign_in, captain
):
    theirs = new_partner(other_team, other)

    url = f"/partners/{depot.id}/merge"
    sign_in(captain).post(url, data={"into_id": theirs.id})

    assert db.session.get(Partner, depot.id).merged_into_id is None
