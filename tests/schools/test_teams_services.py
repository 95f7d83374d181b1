"""What can happen to schools and teams."""

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.models import CohortState
from lms.schools.teams.models import School, Team
from lms.schools.teams.services import create_team, edit_team, rename_school
from lms.schools.teams.tutors import assign_tutors
from tests.conftest import copies_of, journal, save


def lyceum():
    return School(name="Лицей № 7", municipality="Искитим")


@pytest.fixture
def create(cohort, admin):
    """Return a function that adds a team, apart from `changes`."""
    usual = {"cohort": cohort, "name": "Ветер", "tutor": None, "actor": admin}
    return lambda **changes: create_team(**usual | {"school": lyceum()} | changes)


def count(model):
    return db.session.scalar(sa.select(sa.func.count(model.id)))


def test_new_team_comes_with_its_new_school(create, cohort, tutor):
    team = create(tutor=tutor)

    assert (team.cohort, team.tutor) == (cohort, tutor)
    assert team.school.label == "Лицей № 7, Искитим"
    assert journal()[-2:] == ["добавлена школа", "создана команда"]


def test_school_typed_again_is_the_one_of_the_list(create):
    first, second = create(), create(name="Парус")

    assert first.school == second.school


def test_two_admins_adding_one_school_at_once_get_one(cohort, admin, race):
    in_cohort, actor = copies_of(cohort), copies_of(admin)

    def add(name):
        team = create_team(
            cohort=in_cohort(), school=lyceum(), name=name, tutor=None, actor=actor()
        )
        return team.name

    assert set(race(lambda: add("Ветер"), lambda: add("Парус"))) == {"Ветер", "Парус"}
    assert (count(School), count(Team)) == (1, 2)


def test_school_has_no_two_teams_of_one_name(create):
    create()

    with pytest.raises(RuleError, match="уже есть команда «Ветер»"):
        create()


def test_closed_cohort_takes_no_teams(create, cohort):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    with pytest.raises(RuleError, match="завершён"):
        create()


def test_team_is_corrected(team, admin, tutor):
    edit_team(team, school=lyceum(), name="Новая", tutor=tutor, actor=admin)

    assert (team.name, team.tutor, team.school.name) == ("Новая", tutor, "Лицей № 7")


def test_team_gets_no_tutor_who_has_left_the_cohort(team, create, admin, other_tutor):
    with pytest.raises(RuleError, match="больше не в потоке"):
        edit_team(team, school=lyceum(), name="Новая", tutor=other_tutor, actor=admin)
    with pytest.raises(RuleError, match="больше не в потоке"):
        create(tutor=other_tutor)

    assert (team.name, count(Team)) == ("Опора", 1)


def test_name_of_another_team_of_the_school_is_refused(team, create, admin):
    other = create(school=team.school)

    with pytest.raises(RuleError, match="«Опора»"):
        edit_team(other, school=team.school, name="Опора", tutor=None, actor=admin)


def test_school_is_corrected(team, admin):
    rename_school(team.school, "Гимназия", actor=admin)

    assert team.school.label == "Гимназия, Новосибирск"


def test_two_schools_cannot_be_one(team, admin):
    other = save(School(name="Школа № 13", municipality=team.school.municipality))

    with pytest.raises(RuleError, match="уже есть в списке"):
        rename_school(other, team.school.name, actor=admin)


def test_tutor_who_leaves_the_cohort_leaves_its_teams(
    cohort, team, other_team, tutor, tutor2, admin
):
    team.tutor, other_team.tutor = tutor, tutor2

    left = assign_tutors(cohort, tutors=[tutor2], actor=admin)

    assert left == [team]
    assert (cohort.tutors, team.tutor, other_team.tutor) == ([tutor2], None, tutor2)


def test_late_choice_of_tutors_keeps_what_a_colleague_chose(
    cohort, team, tutor, tutor2, admin
):
    shown = {"tutors": str(tutor.id), "lead": "0"}
    assign_tutors(cohort, tutors=[tutor, tutor2], lead=tutor2, actor=admin)
    team.tutor = tutor2
    save(team)

    left = assign_tutors(cohort, tutors=[tutor], seen=shown, actor=admin)

    assert (left, set(cohort.tutors), cohort.lead) == ([], {tutor, tutor2}, tutor2)


def test_late_choice_of_tutors_takes_away_whom_it_unticked(
    cohort, tutor, tutor2, admin
):
    shown = {"tutors": f"{tutor.id} {tutor2.id}", "lead": "0"}

    assign_tutors(cohort, tutors=[tutor2], seen=shown, actor=admin)

    assert cohort.tutors == [tutor2]


def test_team_without_tutor_loses_none(cohort, team, tutor, admin):
    assert assign_tutors(cohort, tutors=[], actor=admin) == []
