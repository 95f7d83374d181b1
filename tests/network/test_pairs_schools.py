"""A pair whose team turns out to be of another school."""

import pytest

from lms.network.pairs.listing import lines_for
from lms.schools.teams.models import School
from lms.schools.teams.services import edit_team
from tests.conftest import save
from tests.pairs import pair_of


@pytest.fixture
def pair(team, other_team, captain, other, coordinator):
    return pair_of(team, other_team, coordinator)


def test_pair_goes_along_when_the_team_is_of_another_school(
    pair, team, other_team, captain, admin
):
    right = save(School(name="Школа № 21", municipality="Обь"))

    edit_team(team, school=right, name=team.name, tutor=None, actor=admin)

    assert {one.school.id for one in (team, other_team)} == {
        school.id for school in pair.schools
    }
    assert pair.first_id < pair.second_id
    assert [line.pair for line in lines_for(captain)] == [pair]


def test_pair_that_would_be_of_one_school_is_closed(pair, team, other_team, admin):
    school = other_team.school

    edit_team(team, school=school, name="Вторая", tutor=None, actor=admin)

    assert not pair.is_open
    assert pair.first_id != pair.second_id
