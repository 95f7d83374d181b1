"""Pages of the exchange, as schools and their coordinators use them."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import Role
from lms.network.exchange.models import LineQuestion, ShownLine
from lms.network.exchange.services import hide_line
from lms.schools.territories.models import Territory
from tests.conftest import count, look_after, person, save
from tests.exchange import neighbour_line, shown
from tests.partners import new_partner

INDEX = "/partners/exchange/"


@pytest.fixture
def depot(team, captain):
    return new_partner(team, captain)


@pytest.fixture
def factory(other_team, other, territory):
    return neighbour_line(other_team, other, territory)


@pytest.fixture
def url(factory):
    return f"{INDEX}{factory.id}/"


def test_captain_reads_what_neighbours_will_see_and_agrees(
    sign_in, captain, depot, territory
):
    browser, address = sign_in(captain), f"{INDEX}partners/{depot.id}"

    page = browser.get(address).text

    asked = page.split('aria-label="Что увидят соседи"')[1].split("</section>")[0]
    assert "Наставников по электрике" in asked
    assert not [word for word in ("Вагонное", "Котов", "200-30-40") if word in asked]
    assert "Новосибирская область" in page
    assert count(ShownLine) == 0
    browser.post(address, data={"version": "1"})
    assert "Больше не показывать" in browser.get(f"/partners/{depot.id}/").text


def test_line_is_hidden_again(sign_in, captain, team):
    line = shown(team, captain)
    browser = sign_in(captain)

    browser.post(f"{INDEX}partners/{line.partner_id}/hide")

    assert "Показать соседям" in browser.get(f"/partners/{line.partner_id}/").text


def test_names_in_a_line_are_pointed_out(sign_in, captain, team, territory):
    partner = new_partner(team, captain, gives="Кружок, ведёт Ирина Львовна")

    page = sign_in(captain).get(f"{INDEX}partners/{partner.id}").text

    assert "Похоже на имена" in page


def test_edited_card_says_that_neighbours_read_it(sign_in, captain, team):
    line = shown(team, captain)

    page = sign_in(captain).get(f"/partners/{line.partner_id}/edit").text

    assert "видят соседние школы" in page


def test_neighbour_reads_neither_name_nor_contact(sign_in, captain, factory, url):
    browser = sign_in(captain)

    for page in (browser.get(INDEX).text, browser.get(url).text):
        assert "Станки" in page
        assert not [
            word for word in ("Сибмаш", "Котов", "200-30-40", "Юсупова") if word in page
        ]


def test_neighbour_asks_and_reads_the_answer(sign_in, captain, other, factory, url):
    sign_in(captain).post(f"{url}questions", data={"text": "Возьмёте наших?"})
    browser = sign_in(other)
    assert "Вас спрашивают" in browser.get(INDEX).text
    question = db.session.query(LineQuestion).one()

    browser.post(f"{url}questions/{question.id}", data={"text": "Да, двоих."})

    assert "Да, двоих." in sign_in(captain).get(url).text
    assert "Вас спрашивают" not in browser.get(INDEX).text


def test_question_stays_between_two_schools(
    sign_in, captain, member, coordinator, factory, url
):
    sign_in(captain).post(f"{url}questions", data={"text": "Возьмёте наших?"})

    for reader in (member, coordinator):
        assert "Возьмёте" not in sign_in(reader).get(url).text


def test_register_of_the_asked_school_names_the_question(
    sign_in, captain, other, other_team, factory, url
):
    sign_in(captain).post(f"{url}questions", data={"text": "Возьмёте наших?"})

    page = sign_in(other).get(f"/partners/schools/{other_team.school_id}/").text

    assert "Соседи спрашивают о партнёре:" in page


def test_question_that_comes_too_late_is_typed_back(
    sign_in, captain, other, factory, url
):
    browser = sign_in(captain)
    browser.post(f"{url}questions", data={"text": "Возьмёте наших?"})
    hide_line(factory.partner, author=other)

    page = browser.post(f"{url}questions", data={"text": "А летом?"}).text

    assert "больше не показывает" in page
    assert "Станки" not in page
    assert "Возьмёте наших?" in page


def test_second_question_is_typed_back(sign_in, captain, url):
    browser = sign_in(captain)
    browser.post(f"{url}questions", data={"text": "Возьмёте наших?"})

    page = browser.post(f"{url}questions", data={"text": "А летом?"}).text

    assert "уже у школы" in page


def test_own_school_asks_itself_nothing(sign_in, member, captain, team):
    line = shown(team, captain)

    answer = sign_in(member).post(f"{INDEX}{line.id}/questions", data={"text": "А?"})

    assert answer.status_code == 403
    assert count(LineQuestion) == 0


def test_coordinator_reads_and_asks_nothing(sign_in, coordinator, factory, url):
    browser = sign_in(coordinator)

    assert "Станки" in browser.get(INDEX).text
    assert "Спросить школу" not in browser.get(url).text
    assert browser.post(f"{url}questions", data={"text": "А?"}).status_code == 403


def test_coordinator_of_another_region_reads_nothing(sign_in, factory, url):
    user = person("Ершов Лев Ильич", "ershov@example.org", Role.COORDINATOR)
    browser = sign_in(look_after(user, save(Territory(name="Томская область"))))

    assert "Станки" not in browser.get(INDEX).text
    assert browser.get(url).status_code == 404


def test_refused_reply_comes_back_to_its_own_question(
    sign_in, captain, member, other, factory, url
):
    for asker in (captain, member):
        sign_in(asker).post(f"{url}questions", data={"text": "Возьмёте наших?"})
    question = db.session.scalars(sa.select(LineQuestion.id)).first()
    long = "ы" * 2001

    page = sign_in(other).post(f"{url}questions/{question}", data={"text": long}).text

    assert page.count(long) == 1


def test_reply_to_what_a_colleague_has_answered_is_handed_back(
    sign_in, captain, other, factory, url
):
    sign_in(captain).post(f"{url}questions", data={"text": "Возьмёте наших?"})
    question = db.session.scalar(sa.select(LineQuestion.id))
    browser, address = sign_in(other), f"{url}questions/{question}"
    browser.post(address, data={"text": "Да."})

    page = browser.post(address, data={"text": "Возьмём двоих."}).text

    assert "уже ответили" in page
    assert "Возьмём двоих." in page


def test_reply_to_a_question_of_another_line_is_not_found(
    sign_in, captain, other, other_team, factory, url
):
    sign_in(captain).post(f"{url}questions", data={"text": "Возьмёте наших?"})
    second = shown(other_team, other, name="Клуб")
    question = db.session.query(LineQuestion).one()

    address = f"{INDEX}{second.id}/questions/{question.id}"

    assert sign_in(other).post(address, data={"text": "Да"}).status_code == 404


def test_school_in_no_territory_is_told_so(sign_in, captain):
    assert "не отнесли ни к одной территории" in sign_in(captain).get(INDEX).text


def test_kind_of_the_address_that_is_none_shows_all(sign_in, captain, factory):
    assert "Станки" in sign_in(captain).get(f"{INDEX}?kind=ЛУНА").text
