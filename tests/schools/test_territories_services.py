"""Schools in territories: found by name, moved from a day on, called after them."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.schools.teams.models import School
from lms.schools.teams.services import create_team
from lms.schools.territories.history import schools_at, territory_at
from lms.schools.territories.models import SchoolTerritory, Territory
from lms.schools.territories.services import (
    add_territory,
    edit_territory,
    move_school,
    place_school,
    settle_territory,
    take_out,
)
from lms.schools.territories.tree import unplaced_schools
from tests.conftest import count, save

FEBRUARY = date(2026, 2, 1)
REGION = "Новосибирская область"


@pytest.fixture
def berdsk(admin):
    return settle_territory("Бердск", REGION, actor=admin)


@pytest.fixture
def iskitim(admin):
    return settle_territory("Искитим", REGION, actor=admin)


@pytest.fixture
def moved(team, berdsk, iskitim):
    """A school that was in Berdsk and moved to Iskitim on the first of February."""
    place_school(team.school, berdsk, since=None)
    place_school(team.school, iskitim, since=FEBRUARY)
    db.session.commit()
    return team.school


def stays_of(school):
    query = sa.select(SchoolTerritory).filter_by(school_id=school.id)
    stays = db.session.scalars(query.order_by(SchoolTerritory.id))
    return [(one.territory.name, one.since, one.until) for one in stays]


def test_new_school_is_put_into_its_town_within_its_region(cohort, admin):
    school = School(name="Лицей № 9", municipality="Бердск", region=REGION)

    create_team(cohort=cohort, school=school, name="Парус", tutor=None, actor=admin)

    assert stays_of(school) == [("Бердск", None, None)]
    assert (school.municipality, school.region) == ("Бердск", REGION)


def test_town_is_added_once(admin, berdsk):
    assert settle_territory("Бердск", REGION, actor=admin) is berdsk
    assert settle_territory("Бердск", "", actor=admin) is berdsk
    assert count(Territory) == 2


def test_town_of_the_same_name_in_another_region_is_another(admin, berdsk):
    other = settle_territory("Бердск", "Алтайский край", actor=admin)

    assert other is not berdsk
    assert other.parent.name == "Алтайский край"


def test_city_that_is_a_region_is_one_territory(admin):
    city = settle_territory("Москва", "Москва", actor=admin)

    assert city.parent is None


def test_school_that_moved_leaves_december_where_it_was(moved, berdsk, iskitim):
    december, march = date(2025, 12, 31), date(2026, 3, 31)

    assert stays_of(moved) == [
        ("Бердск", None, FEBRUARY),
        ("Искитим", FEBRUARY, None),
    ]
    assert list(db.session.scalars(schools_at(december, [berdsk.id]))) == [moved.id]
    assert not list(db.session.scalars(schools_at(march, [berdsk.id])))
    where = sa.select(territory_at(march, School.id)).where(School.id == moved.id)
    assert db.session.scalar(where) == iskitim.id


def test_region_has_the_school_before_and_after_the_move(moved, berdsk):
    region = [berdsk.parent_id]

    for day in (FEBRUARY - timedelta(days=1), FEBRUARY, today()):
        assert list(db.session.scalars(schools_at(day, region))) == [moved.id]


def test_school_is_called_after_the_territory_it_moved_to(moved):
    assert moved.label == "Школа № 12, Искитим"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (FEBRUARY - timedelta(days=1), "Школа здесь с"),
        (date(2100, 1, 1), "ещё не настал"),
    ],
)
def test_move_to_a_day_that_cannot_be_is_refused(moved, berdsk, day, said):
    with pytest.raises(RuleError, match=said):
        place_school(moved, berdsk, since=day)


def test_move_of_the_same_day_is_corrected(moved, berdsk, admin):
    obi = settle_territory("Обь", REGION, actor=admin)

    place_school(moved, obi, since=FEBRUARY)

    assert stays_of(moved)[1:] == [("Обь", FEBRUARY, None)]


def test_move_that_was_written_down_wrongly_is_corrected(moved, admin):
    obi = settle_territory("Обь", REGION, actor=admin)

    move_school(moved, obi, since=None, actor=admin)

    assert stays_of(moved)[1:] == [("Обь", FEBRUARY, None)]
    assert moved.label == "Школа № 12, Обь"


def test_move_whose_day_was_wrong_is_taken_back_and_made_again(
    moved, berdsk, iskitim, admin
):
    january = date(2026, 1, 15)
    with pytest.raises(RuleError, match="верните её в прежнюю"):
        move_school(moved, iskitim, since=january, actor=admin)

    move_school(moved, berdsk, since=None, actor=admin)
    assert stays_of(moved) == [("Бердск", None, None)]

    move_school(moved, iskitim, since=january, actor=admin)
    assert stays_of(moved) == [("Бердск", None, january), ("Искитим", january, None)]


def test_school_does_not_move_to_where_it_is(moved, iskitim, admin):
    before = stays_of(moved)

    with pytest.raises(RuleError, match="и так в этой территории"):
        move_school(moved, iskitim, since=today(), actor=admin)

    db.session.rollback()
    assert stays_of(moved) == before


def test_school_of_no_territory_comes_on_no_day_to_come(team, berdsk, admin):
    with pytest.raises(RuleError, match="ещё не настал"):
        move_school(team.school, berdsk, since=date(2100, 1, 1), actor=admin)

    assert stays_of(team.school) == []


def test_school_that_is_taken_out_leaves_december_where_it_was(moved, iskitim, admin):
    take_out(moved, since=date(2026, 5, 1), actor=admin)

    assert stays_of(moved)[1:] == [("Искитим", FEBRUARY, date(2026, 5, 1))]
    assert list(db.session.scalars(unplaced_schools())) == [moved]
    with pytest.raises(RuleError, match="и так"):
        take_out(moved, since=None, actor=admin)


def test_stay_that_never_was_is_taken_away(moved, admin):
    take_out(moved, since=None, actor=admin)

    assert stays_of(moved) == [("Бердск", None, FEBRUARY)]


def test_school_comes_back_no_earlier_than_it_went(moved, berdsk, admin):
    take_out(moved, since=date(2026, 5, 1), actor=admin)

    with pytest.raises(RuleError, match="в другой территории"):
        place_school(moved, berdsk, since=date(2026, 4, 1))
    place_school(moved, berdsk, since=None)

    assert stays_of(moved)[2:] == [("Бердск", date(2026, 5, 1), None)]


def test_school_is_taken_out_on_its_page(moved, admin, sign_in):
    browser, url = sign_in(admin), f"/territories/schools/{moved.id}"

    browser.post(url, data={"territory": 0, "since": "01.05.2026"})

    page = browser.get(url).text
    assert "Школа без территории" in page
    assert "ни в какой" in page


def test_school_does_not_move_to_one_of_its_name(moved, berdsk, admin):
    twin = save(School(name=moved.name, municipality="Обь"))
    place_school(twin, berdsk, since=None)

    with pytest.raises(RuleError, match="уже есть"):
        place_school(moved, berdsk, since=None)


def test_schools_are_called_after_a_territory_that_is_renamed(moved, iskitim, admin):
    edit_territory(iskitim, name="Искитимский район", parent=None, actor=admin)

    assert (moved.municipality, moved.region) == ("Искитимский район", "")


def test_schools_within_are_called_after_a_region_that_is_renamed(
    moved, iskitim, admin
):
    edit_territory(iskitim.parent, name="НСО", parent=None, actor=admin)

    assert (moved.municipality, moved.region) == ("Искитим", "НСО")


def test_territory_is_not_put_into_itself(berdsk, admin):
    region = berdsk.parent

    with pytest.raises(RuleError, match="внутри самой себя"):
        edit_territory(region, name=REGION, parent=berdsk, actor=admin)


@pytest.mark.parametrize("name", ["бердск", "БЕРДСК"])
def test_territory_is_not_added_again_in_other_letters(berdsk, iskitim, admin, name):
    db.session.commit()
    refusal = "Территория «Бердск» здесь уже есть"
    with pytest.raises(RuleError, match=refusal):
        add_territory(name, berdsk.parent, actor=admin)
    with pytest.raises(RuleError, match=refusal):
        edit_territory(iskitim, name=name, parent=berdsk.parent, actor=admin)

    edit_territory(berdsk, name="БЕРДСК", parent=berdsk.parent, actor=admin)
    assert berdsk.name == "БЕРДСК"


def test_two_territories_of_one_name_do_not_lie_side_by_side(berdsk, iskitim, admin):
    db.session.commit()
    with pytest.raises(RuleError, match="«Бердск» здесь уже есть"):
        edit_territory(iskitim, name="Бердск", parent=berdsk.parent, actor=admin)
    with pytest.raises(RuleError, match="здесь уже есть"):
        add_territory(REGION, None, actor=admin)
