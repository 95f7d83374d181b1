"""Pages of territories: the list, merging, moving a school, giving to a person."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.identity.accounts.models import Role
from lms.schools.teams.models import School
from lms.schools.territories.models import Coordination, SchoolTerritory, Territory
from tests.conftest import count, look_after, person, save


@pytest.fixture
def browser(sign_in, admin):
    return sign_in(admin)


@pytest.fixture
def spelling(territory, other_team):
    """«г. Новосибирск», with the school of «Мост»."""
    spelled = save(Territory(name="г. Новосибирск", parent=territory.parent))
    save(SchoolTerritory(school_id=other_team.school_id, territory=spelled))
    return spelled


def words_of(response):
    return " ".join(response.text.replace("\N{NO-BREAK SPACE}", " ").split())


def test_list_counts_schools_with_those_within(browser, spelling):
    page = words_of(browser.get("/territories/"))

    assert "Новосибирская область</a>" in page
    assert "2 школы, внутри 2" in page


def test_schools_without_a_territory_are_counted_and_named(
    browser, team, other_team, territory
):
    assert "Школы без территории: 1" in browser.get("/territories/").text
    assert "Лицей № 3, Бердск" in browser.get("/territories/unplaced").text


def test_territory_names_who_looks_after_it(browser, territory, coordinator):
    page = browser.get(f"/territories/{territory.id}/").text

    assert f"Координатор: {coordinator.full_name}" in page
    assert "Школа № 12, Новосибирск" in page


def test_territory_is_added_within_another(browser, territory):
    form = {"name": "Обь", "parent": territory.parent_id, "form_key": "1f" * 16}

    for _ in range(2):
        browser.post("/territories/new", data=form)

    added = db.session.scalars(sa.select(Territory).filter_by(name="Обь")).one()
    assert added.parent_id == territory.parent_id


def test_typed_name_stays_when_it_is_taken(browser, territory):
    form = {"name": territory.name, "parent": territory.parent_id}

    page = browser.post("/territories/new", data=form).text

    assert "«Новосибирск» здесь уже есть" in page
    assert 'value="Новосибирск"' in page


def test_merging_shows_first_what_moves(browser, spelling, territory):
    page = browser.get(
        f"/territories/{spelling.id}/merge", query_string={"into": territory.id}
    ).text

    assert "Лицей № 3" in page
    assert db.session.get(Territory, spelling.id).merged_at is None


def test_merged_spelling_has_no_page_any_more(browser, spelling, territory):
    into = {"into": territory.id}
    browser.post(f"/territories/{spelling.id}/merge", query_string=into)

    assert browser.get(f"/territories/{spelling.id}/").status_code == 404
    assert "Лицей № 3" in browser.get(f"/territories/{territory.id}/").text


def test_school_moves_today(browser, spelling, other_team, territory):
    form = {"territory": territory.id, "since": today().isoformat()}

    browser.post(f"/territories/schools/{other_team.school_id}", data=form)

    page = browser.get(f"/teams/schools/{other_team.school_id}").text
    assert "Лицей № 3, Новосибирск" in page
    assert "г. Новосибирск, до" in page


def test_day_that_has_not_come_is_refused_and_stays_typed(
    browser, spelling, other_team, territory
):
    form = {"territory": territory.id, "since": "2100-01-01"}

    page = browser.post(f"/territories/schools/{other_team.school_id}", data=form).text

    assert "ещё не настал" in page
    assert "2100-01-01" in page


def test_admin_gives_and_takes_a_territory(browser, territory):
    user = person("Котова Зоя Ильинична", "kotova@example.org", Role.COORDINATOR)
    browser.post(f"/territories/people/{user.id}", data={"territory": territory.id})
    page = words_of(browser.get(f"/people/{user.id}/"))
    taken = browser.post(f"/territories/people/{user.id}/{territory.id}/take")

    assert "Новосибирск <span" in page
    assert taken.location == f"/people/{user.id}/#territories"
    assert db.session.scalars(sa.select(Coordination.until)).one() == today()


def test_territory_is_given_to_coordinators_alone(browser, territory, member):
    to_member = f"/territories/people/{member.id}"

    browser.post(to_member, data={"territory": territory.id})

    assert count(Coordination) == 0
    assert "Сначала отметьте роль" in browser.get(f"/people/{member.id}/").text


@pytest.mark.parametrize("page", ["/territories/", "/territories/1/", "/people/1/"])
def test_pages_take_as_many_statements_with_twenty_territories(
    browser, territory, admin, count_statements, page
):
    admin.roles |= {Role.COORDINATOR}
    look_after(admin, territory)
    with count_statements() as few:
        browser.get(page)
    for number in range(20):
        town = Territory(name=f"Город {number}", parent=territory.parent)
        school = save(School(name=f"Школа {number}", municipality=town.name))
        save(SchoolTerritory(school_id=school.id, territory=town))
        look_after(admin, town)

    with count_statements() as many:
        browser.get(page)

    assert len(many) == len(few)
