"""The matrix of a coordinator: her schools, one territory of them, and their sums."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from lms.identity.accounts.models import Role
from lms.overview.progress.matrix import Matrix, matrix_of
from lms.overview.progress.places import Place, places_of
from lms.schools.teams.models import School, Team
from lms.schools.territories.models import SchoolTerritory, Territory
from tests.conftest import look_after, person, save


@pytest.fixture
def methodist(territory, other_coordinator):
    """Looks after the region with the towns of both teams."""
    user = person("Котова Зоя Ильинична", "kotova@example.org", Role.COORDINATOR)
    return look_after(user, territory.parent)


@pytest.fixture
def page_of(sign_in, cohort):
    """Return a function that reads the matrix as somebody."""

    def read(user, **asked):
        return sign_in(user).get(f"/progress/{cohort.id}/", query_string=asked).text

    return read


def test_coordinator_reads_of_her_schools_alone(page_of, coordinator, other_team):
    page = page_of(coordinator)

    assert "Опора" in page
    assert "Мост" not in page


def test_region_is_narrowed_to_a_town(page_of, methodist, territory):
    page = page_of(methodist, territory=territory.id)

    assert "Все территории</a> ▸ Новосибирск" in page
    assert "Опора" in page
    assert "Мост" not in page


def test_territory_of_somebody_else_narrows_nothing(
    page_of, coordinator, other_coordinator, territory
):
    page = page_of(coordinator, territory=territory.id + 2)

    assert "▸" not in page
    assert "Опора" in page


def test_what_is_for_those_who_run_the_cohort_is_not_offered(
    page_of, coordinator, accepted
):
    page = page_of(coordinator)

    assert not [word for word in ("by=people", "levels", "/reviews/") if word in page]


def test_people_of_a_cohort_are_not_for_a_coordinator(sign_in, coordinator, cohort):
    browser = sign_in(coordinator)

    assert browser.get(f"/progress/{cohort.id}/?by=people").status_code == 404


def test_workbook_of_a_coordinator_has_the_matrix_alone(
    sign_in, coordinator, cohort, other_team
):
    file = sign_in(coordinator).get(f"/progress/{cohort.id}.xlsx").data

    book = CalamineWorkbook.from_filelike(BytesIO(file))
    assert book.sheet_names == ["Команды и занятия"]
    _, *rows = book.get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows] == ["Опора"]


def test_page_takes_as_many_statements_with_ten_schools(
    page_of, methodist, territory, cohort, count_statements
):
    with count_statements() as few:
        page_of(methodist)
    for number in range(10):
        school = School(name=f"Школа {number}", municipality="Новосибирск")
        save(Team(school=school, cohort=cohort, name=f"Команда {number}"))
        save(SchoolTerritory(school_id=school.id, territory=territory))

    with count_statements() as many:
        page = page_of(methodist)

    assert "Команда 9" in page
    assert len(many) == len(few)


def test_tutor_who_coordinates_sees_the_whole_cohort(page_of, tutor, territory):
    tutor.roles = frozenset({Role.TUTOR, Role.COORDINATOR})
    page = page_of(look_after(tutor, territory))

    assert "by=people" in page


def test_place_counts_what_lies_within_it(methodist, cohort, territory):
    places = places_of(matrix_of(cohort, viewer=methodist), methodist)

    assert {one.territory.name: len(one.school_ids) for one in places} == {
        "Новосибирская область": 2,
        "Новосибирск": 1,
        "Бердск": 1,
    }


@given(towns=st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_totals_of_towns_make_the_total_of_the_region(towns):
    """Each number is the town of one school, whose team is its row of the matrix."""
    rows = [_Row(number) for number, _ in enumerate(towns)]
    matrix = Matrix(None, [], rows)
    places = [
        Place(Territory(id=town), {n for n, one in enumerate(towns) if one == town})
        for town in set(towns)
    ]

    parts = [len(matrix.of_schools(place.school_ids).rows) for place in places]

    assert sum(parts) == len(matrix.of_schools(set(range(len(towns)))).rows)


class _Row:
    """A row of a matrix, as far as it says whose it is."""

    def __init__(self, school_id):
        self.team = Team(id=school_id, school_id=school_id)
