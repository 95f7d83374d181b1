"""A coordinator sees the schools of her territories, and nothing else."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import (
    judged_cohorts,
    run_cohorts,
    visible_cohorts,
)
from lms.identity.accounts.models import Role
from lms.overview.progress.matrix import matrix_of
from lms.schools.teams.models import School, Team
from lms.schools.teams.permissions import visible_teams
from lms.schools.territories.coordination import give_territory, take_territory
from lms.schools.territories.models import Coordination, Territory
from lms.schools.territories.permissions import (
    coordinated_schools,
    coordinated_territories,
    is_coordinated,
)
from lms.work.submissions.permissions import visible_submissions
from tests.conftest import look_after, person, save


def seen_by(user, query):
    return set(db.session.scalars(query(user)))


@pytest.fixture
def methodist(territory):
    """Looks after the whole region."""
    user = person("Котова Зоя Ильинична", "kotova@example.org", Role.COORDINATOR)
    return look_after(user, territory.parent)


def test_coordinator_sees_the_teams_of_her_schools_alone(
    coordinator, other_coordinator, team, other_team
):
    assert seen_by(coordinator, visible_teams) == {team}
    assert seen_by(other_coordinator, visible_teams) == {other_team}


def test_region_holds_what_its_towns_hold(
    methodist, other_coordinator, team, other_team
):
    assert seen_by(methodist, visible_teams) == {team, other_team}
    assert len(seen_by(methodist, coordinated_territories)) == 3


def test_cohort_is_seen_and_neither_run_nor_judged(coordinator, cohort):
    save(Cohort(name="Другой", calendar="two_years", starts_on=today()))

    assert seen_by(coordinator, visible_cohorts) == {cohort}
    assert not seen_by(coordinator, run_cohorts)
    assert not seen_by(coordinator, judged_cohorts)


def test_works_of_her_schools_are_not_for_a_coordinator(coordinator, accepted):
    assert not seen_by(coordinator, visible_submissions)


def test_matrix_of_a_coordinator_is_cut_to_her_schools(coordinator, other_team, cohort):
    matrix = matrix_of(cohort, viewer=coordinator)

    assert [row.team.name for row in matrix.rows] == ["Опора"]


def test_territory_that_was_taken_back_shows_nothing(coordinator, territory, admin):
    take_territory(coordinator, territory, actor=admin)

    assert not seen_by(coordinator, coordinated_schools)
    assert db.session.scalars(sa.select(Coordination)).one().until == today()


def test_territory_that_begins_tomorrow_shows_nothing_today(coordinator):
    coordination = db.session.scalars(sa.select(Coordination)).one()
    coordination.since = today() + timedelta(days=1)
    db.session.commit()

    assert not seen_by(coordinator, coordinated_schools)


def test_territory_is_worth_nothing_without_the_role(coordinator):
    coordinator.roles = frozenset({Role.TUTOR})
    db.session.commit()

    assert not seen_by(coordinator, coordinated_territories)
    assert is_coordinated(coordinator, School.id).compare(sa.false())


def test_territory_given_twice_is_given_once(coordinator, territory, admin):
    give_territory(coordinator, territory, actor=admin)
    give_territory(coordinator, territory, actor=admin)

    assert len(db.session.scalars(sa.select(Coordination)).all()) == 1


def test_tutor_who_coordinates_runs_only_the_own_cohort(tutor, territory, team, cohort):
    tutor.roles = frozenset({Role.TUTOR, Role.COORDINATOR})
    look_after(tutor, territory)
    later = save(Cohort(name="Весна", calendar="two_years", starts_on=today()))
    other = save(Team(school=team.school, cohort=later, name="Опора 2"))

    assert seen_by(tutor, visible_teams) == {team, other}
    assert seen_by(tutor, run_cohorts) == {cohort}


def test_circle_of_territories_ends(coordinator, territory, team):
    territory.parent.parent = territory
    db.session.commit()

    assert seen_by(coordinator, visible_teams) == {team}
    assert len(db.session.scalars(sa.select(Territory)).all()) == 2
