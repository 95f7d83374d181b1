"""The next cohort from an earlier one."""

import re

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort, CohortState
from lms.schools.meetings.models import Meeting
from lms.schools.teams.models import Membership, Team
from tests import sample_course
from tests.conftest import letters


@pytest.fixture
def source(cohort, module, team, other_team, captain, tutor):
    """A cohort with two schools, whose captain and tutor are known."""
    sample_course.store_course(holidays=["1 июля – 31 августа"])
    cohort.rows[0].opens_on = cohort.starts_on
    cohort.lead, cohort.return_days, team.tutor = tutor, 9, tutor
    db.session.commit()
    return cohort


@pytest.fixture
def copy(sign_in, admin, source):
    """Return a function that copies the cohort in a browser and gives the copy."""

    def make(**changes):
        form = {"name": "Зима", "starts_on": "2028-01-11", "days": "year"} | changes
        sign_in(admin).post(f"/cohorts/{source.id}/copy", data=form)
        return db.session.scalar(sa.select(Cohort).filter_by(name="Зима"))

    return make


def test_copy_has_the_settings_and_tutors(copy, tutor):
    made = copy(with_tutors="y")

    assert made.is_planned
    assert made.rule is None
    assert (made.return_days, made.tutors, made.lead) == (9, [tutor], tutor)


def test_form_takes_the_tutors_along_unless_told_otherwise(sign_in, admin, source):
    page = sign_in(admin).get(f"/cohorts/{source.id}/copy").text

    assert re.search(r'<input checked id="with_tutors"', page)


def test_copy_may_have_other_tutors(copy):
    assert copy().tutors == []


def test_copy_has_the_chosen_schools_and_no_people(copy, source, team):
    made = copy(teams=[team.id], with_tutors="y")

    (twin,) = db.session.scalars(sa.select(Team).filter_by(cohort_id=made.id))
    assert (twin.name, twin.school, twin.tutor) == (team.name, team.school, team.tutor)
    assert (
        db.session.scalars(sa.select(Membership).filter_by(team_id=twin.id)).all() == []
    )


def test_copying_mails_nothing_and_takes_no_meeting(copy, source, team, tutor):
    made = copy(teams=[team.id])

    mine = sa.select(Meeting).filter_by(cohort_id=made.id)
    assert letters() == []
    assert db.session.scalars(mine).all() == []


def test_school_year_leaves_the_holidays_out(sign_in, admin, source):
    url = f"/cohorts/{source.id}/copy/dates"
    form = {"name": "Зима", "starts_on": "2028-07-10"}
    browser = sign_in(admin)

    same = browser.get(url, query_string=form | {"days": "same"}).text
    year = browser.get(url, query_string=form | {"days": "year"}).text

    assert ">каникулы<" in same
    assert "разложить по учебному году" in same
    assert ">каникулы<" not in year


def test_planned_cohort_is_not_copied(sign_in, admin, source, copy):
    source.state, source.rule = CohortState.PLANNED, None
    db.session.commit()

    assert copy() is None
    page = sign_in(admin).get(f"/cohorts/{source.id}/copy").text
    assert "ещё готовится" in page


def test_taken_name_comes_back_with_what_was_typed(sign_in, admin, source):
    form = {"name": source.name, "starts_on": "2028-01-11", "days": "same"}

    page = sign_in(admin).post(f"/cohorts/{source.id}/copy", data=form).text

    assert "уже есть. Назовите этот иначе" in page
    assert 'value="2028-01-11"' in page
