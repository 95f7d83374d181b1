"""The territories of a list: known, written the old way, new, almost known."""

import pytest

from lms.core.extensions import db
from lms.schools.enrolments.plan import make_plan
from lms.schools.enrolments.services import confirm_list, plan_of, upload_list
from lms.schools.enrolments.tables import read_table
from lms.schools.teams.models import School
from lms.schools.territories.merging import merge_territory
from lms.schools.territories.models import SchoolTerritory, Territory
from lms.schools.territories.services import settle_territory
from tests.conftest import count
from tests.lists import as_csv, line, people

REGION = "Новосибирская область"


@pytest.fixture
def berdsk(admin):
    town = settle_territory("Бердск", REGION, actor=admin)
    db.session.commit()
    return town


def listed(*towns):
    lines = [
        line(f"Житель Номер{n}", f"n{n}@omsk.ru", team=["Лицей № 3", *town, "Мост"])
        for n, town in enumerate(towns)
    ]
    return as_csv(people(*lines))


def new_in(cohort, *towns):
    return make_plan(read_table(listed(*towns)).lines, cohort).new_territories


def test_unknown_territory_says_that_it_is_new(cohort, berdsk):
    assert new_in(cohort, ["Обь", REGION]) == [("Обь", REGION, "")]


@pytest.mark.parametrize("town", ["г. Бердск", "Бердскк", "БЕРДСК"])
def test_new_territory_says_which_one_it_may_be(cohort, berdsk, town):
    assert new_in(cohort, [town, REGION]) == [(town, REGION, "Бердск")]


@pytest.mark.parametrize("region", [REGION, ""])
def test_known_territory_is_not_new(cohort, berdsk, region):
    assert new_in(cohort, ["Бердск", region]) == []


def test_spelling_that_was_merged_is_known_by_its_new_name(cohort, berdsk, admin):
    other = settle_territory("Город Бердск-1", REGION, actor=admin)
    merge_territory(other, berdsk, actor=admin)
    content = listed(["Город Бердск-1", REGION], ["Бердск", REGION])
    enrolment = upload_list(cohort, content=content, name="а.csv", author=admin)
    seen = plan_of(enrolment).fingerprint

    confirm_list(enrolment, seen=seen, remove=[], actor=admin)

    assert [s.label for s in db.session.scalars(db.select(School))] == [
        "Лицей № 3, Бердск"
    ]


def test_new_territories_are_made_with_their_schools(cohort, berdsk, admin):
    content = listed(["Обь", REGION])
    enrolment = upload_list(cohort, content=content, name="а.csv", author=admin)
    seen = plan_of(enrolment).fingerprint

    confirm_list(enrolment, seen=seen, remove=[], actor=admin)

    assert (count(Territory), count(SchoolTerritory)) == (3, 1)


def test_page_names_new_territories(cohort, berdsk, sign_in, admin):
    content = listed(["г. Бердск", REGION])
    enrolment = upload_list(cohort, content=content, name="а.csv", author=admin)

    page = sign_in(admin).get(f"/enrolments/{enrolment.id}/").text

    assert "похоже на «Бердск»" in page
