"""Which places are told does not depend on who looks, and no two lead to a third."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.disclosure import FEWEST
from lms.monitoring.diagnostics.permissions import Sight
from lms.monitoring.diagnostics.places import WHOLE, Atlas, Place, atlas_of
from lms.schools.teams.models import School
from tests.conftest import save

DAY = date(2026, 6, 1)


def laid_out(schools):
    """Schools in two territories of a region, or in none, by their numbers."""
    region, halves = Place(1), (Place(2), Place(3))
    paths = {
        id: (Place(school_id=id),)
        if id % 5 == 0
        else (region, halves[id % 2], Place(school_id=id))
        for id in set(schools)
    }
    return Atlas(paths, names={})


@given(st.lists(st.integers(1, 9), max_size=60))
def test_what_is_left_of_a_place_without_its_parts_is_nobody_or_enough(schools):
    atlas = laid_out(schools)
    told = atlas.told(schools)

    for place in told:
        inside = [id for id in schools if atlas.is_in(id, place)]
        parts = [one for one in told - {place, WHOLE} if _lies_in(atlas, one, place)]
        left = [id for id in inside if not any(atlas.is_in(id, one) for one in parts)]
        assert len(inside) >= FEWEST
        assert not left or len(left) >= FEWEST


def _lies_in(atlas, part, place):
    paths = [path for path in atlas.paths.values() if part in path]
    return all(place == WHOLE or place in path[: path.index(part)] for path in paths)


@given(st.lists(st.integers(1, 9), max_size=60))
def test_a_place_that_is_told_lies_in_places_that_are_told(schools):
    atlas = laid_out(schools)
    told = atlas.told(schools)

    for place in told - {WHOLE}:
        path = next(path for path in atlas.paths.values() if place in path)
        assert {WHOLE, *path[: path.index(place)]} <= told


@pytest.fixture
def placed(team, other_team, territory):
    """Two schools in two towns of a region."""
    return team.school, other_team.school


def test_schools_stand_in_the_territories_of_the_day(placed):
    atlas = atlas_of([school.id for school in placed], DAY)

    names = [[atlas.names[place] for place in atlas.paths[one.id]] for one in placed]
    assert [path[-1] for path in names] == [school.label for school in placed]
    assert atlas.places[0] == WHOLE


def test_school_without_a_territory_belongs_to_the_cohort_alone(app):
    school = save(School(name="Школа № 1", municipality=""))

    atlas = atlas_of([school.id], DAY)

    assert atlas.paths[school.id] == (Place(school_id=school.id),)


def test_coordinator_reads_the_own_places_alone():
    sight = Sight({2}, {7})

    shown = [
        sight.covers(*place) for place in (WHOLE, Place(2), Place(3), Place(None, 7))
    ]

    assert shown == [False, True, False, True]
    assert Sight().covers(*WHOLE)
