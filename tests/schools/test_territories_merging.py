"""Two spellings of a territory become one; nothing that either had is lost."""

from datetime import date

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import Role
from lms.schools.meetings.attendance import mark_present
from lms.schools.meetings.permissions import visible_meetings
from lms.schools.meetings.turnout import turnout_of
from lms.schools.teams.models import School
from lms.schools.teams.permissions import visible_teams
from lms.schools.territories.history import schools_at
from lms.schools.territories.merging import merge_territory, plan_merger
from lms.schools.territories.models import Coordination, Territory
from lms.schools.territories.services import (
    find_territory,
    place_school,
    settle_territory,
)
from lms.schools.territories.tree import read_tree
from tests.conftest import look_after, person, save
from tests.meetings import held, joined_before

REGION = "Новосибирская область"


@pytest.fixture
def spelling(territory, other_team, admin):
    """«г. Новосибирск», with the school of «Мост»."""
    spelled = settle_territory("г. Новосибирск", REGION, actor=admin)
    place_school(other_team.school, spelled, since=date(2026, 2, 1))
    db.session.commit()
    return spelled


def teams_of(user):
    return set(db.session.scalars(visible_teams(user)))


def test_schools_of_both_are_of_one(
    spelling, territory, coordinator, team, other_team, admin
):
    merge_territory(spelling, territory, actor=admin)

    assert teams_of(coordinator) == {team, other_team}
    assert other_team.school.label == "Лицей № 3, Новосибирск"


def test_years_before_stay(spelling, territory, other_team, admin):
    merge_territory(spelling, territory, actor=admin)

    for day, known in [(date(2025, 12, 31), 1), (date(2026, 3, 31), 2)]:
        found = db.session.scalars(schools_at(day, [territory.id])).all()
        assert len(found) == known


def test_what_names_the_other_spelling_counts_in_the_kept_one(
    spelling, territory, other_team, admin
):
    number = spelling.id

    merge_territory(spelling, territory, actor=admin)

    kept = db.session.get(Territory, number)
    assert (kept.parent, kept.name) == (territory, "г. Новосибирск")
    assert number not in read_tree().by_id


def test_meeting_of_the_other_spelling_keeps_who_was_called_and_who_came(
    spelling, territory, cohort, tutor, other, admin
):
    joined_before(other)
    meeting = held(cohort, tutor, territory=spelling)
    seen = {"shown": [other.id], "was": [], "present": [other.id]}
    mark_present(meeting, **seen, actor=tutor)
    before = turnout_of([meeting])

    merge_territory(spelling, territory, actor=admin)

    assert before[0] in turnout_of([meeting])
    assert before[0].present == {other.id}
    assert db.session.scalars(visible_meetings(other)).all() == [meeting]
    assert meeting.audience == "школы территории «Новосибирск»"


def test_list_that_writes_it_the_old_way_is_understood(spelling, territory, admin):
    merge_territory(spelling, territory, actor=admin)

    assert find_territory("г. Новосибирск", REGION) is territory


def test_coordinator_of_both_looks_after_it_once(
    spelling, territory, coordinator, admin
):
    look_after(coordinator, spelling)

    merge_territory(spelling, territory, actor=admin)

    present = sa.select(Coordination).where(Coordination.until.is_(None))
    assert len(db.session.scalars(present).all()) == 1


def test_coordinator_of_the_other_spelling_goes_on(
    spelling, territory, team, other_team, admin
):
    user = person("Котова Зоя Ильинична", "kotova@example.org", Role.COORDINATOR)
    look_after(user, spelling)

    merge_territory(spelling, territory, actor=admin)

    assert teams_of(user) == {team, other_team}


def test_regions_are_merged_with_the_towns_that_both_have(
    spelling, territory, team, coordinator, admin
):
    town = settle_territory("Новосибирск", "НСО", actor=admin)
    school = save(School(name="Школа № 99", municipality="Обь"))
    place_school(school, town, since=None)

    merge_territory(town.parent, territory.parent, actor=admin)

    assert (school.municipality, school.region) == ("Новосибирск", REGION)
    assert find_territory("Новосибирск", "") is territory


def test_schools_of_one_name_are_told_apart_first(
    spelling, territory, team, other_team, admin
):
    other_team.school.name = team.school.name
    db.session.commit()

    assert plan_merger(spelling, territory).twins == [team.school.name]
    with pytest.raises(RuleError, match="В обеих есть школы с одним названием"):
        merge_territory(spelling, territory, actor=admin)


def test_region_is_not_merged_into_its_town(territory, admin):
    with pytest.raises(RuleError, match="внутри неё"):
        merge_territory(territory.parent, territory, actor=admin)


def test_merged_twice_at_once_is_merged_once(spelling, territory, admin):
    merge_territory(spelling, territory, actor=admin)

    with pytest.raises(RuleError, match="уже объединили"):
        merge_territory(spelling, territory, actor=admin)


def test_plan_tells_what_moves_and_changes_nothing(
    spelling, territory, other_team, admin
):
    plan = plan_merger(spelling, territory)

    assert [school.name for school in plan.schools] == ["Лицей № 3"]
    assert (plan.parts, plan.people, plan.refusal) == ([], [], "")
    assert spelling.merged_at is None
