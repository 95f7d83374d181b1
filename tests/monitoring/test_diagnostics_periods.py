"""What other features add up: over cohorts, and of no place that may not be told."""

from datetime import timedelta
from fractions import Fraction

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import HalfYear, Period
from lms.course.cohorts.models import Cohort, CohortState
from lms.monitoring.diagnostics.models import Moment, Round, Sitting
from lms.monitoring.diagnostics.periods import learned_in
from lms.monitoring.diagnostics.places import WHOLE, Place
from lms.monitoring.indicators.models import Count
from lms.monitoring.indicators.sources import SITE
from lms.schools.teams.models import Position, School, Team
from tests.conftest import person, save
from tests.measuring import questions


@pytest.fixture
def sat(edition):
    """Return a function that lets teachers of a school sit both in an ended cohort."""

    def make(cohort, school, size, right):
        team = save(Team(cohort=cohort, school=school, name="Исток"))
        found = db.session.get(Round, cohort.id)
        closed = {"closed_at": utcnow(), "edition": edition}
        found = found or Round(cohort=cohort, **closed)
        for n in range(size):
            user = person(f"Учитель {n}", f"{cohort.id}-{school.id}-{n}@example.org")
            place = {"user": user, "team": team, "round": found}
            place |= {"position": Position.TEACHER, "finished_at": utcnow()}
            for moment, form, many in zip(Moment, "ab", (0, right), strict=True):
                items = questions().form(form)
                answers = {item.key: item.correct for item in items[:many]}
                facts = {"moment": moment, "form": form, "answers": answers}
                db.session.add(Sitting(**place, **facts))
        db.session.commit()

    return make


@pytest.fixture
def later(cohort):
    """Another cohort."""
    facts = {"calendar": "two_years", "starts_on": today(), "state": CohortState.CLOSED}
    return save(Cohort(name="Весна 2027", **facts))


def test_sums_are_added_over_cohorts(sat, cohort, later, team):
    sat(cohort, team.school, 5, 1)
    sat(later, team.school, 6, 4)

    learned = learned_in(HalfYear.of(today()))

    own = learned[Place(school_id=team.school_id)]
    assert (own.growth.pairs, own.growth.mean) == (11, Fraction(5 * 25 + 6 * 100, 11))
    assert (own.share.grown, own.share.teachers, own.missing) == (11, 11, 0)
    assert learned[WHOLE].growth == own.growth


def test_cohort_in_which_a_school_is_hidden_is_left_out_and_counted(
    sat, cohort, later, team, other_team
):
    sat(cohort, team.school, 6, 1)
    sat(cohort, other_team.school, 3, 1)
    sat(later, team.school, 5, 4)

    learned = learned_in(HalfYear.of(today()))

    own = learned[Place(school_id=team.school_id)]
    assert (own.growth.pairs, own.hidden_growths, own.hidden_shares) == (5, 1, 1)
    assert learned[Place(school_id=other_team.school_id)].growth.pairs == 0
    assert learned[WHOLE].growth.pairs == 14


def test_indicator_counts_teachers_of_schools_that_may_be_told(
    sat, cohort, team, other_team, admin
):
    sat(cohort, team.school, 8, 2)
    sat(cohort, other_team.school, 6, 0)
    small = save(School(name="Школа № 1", municipality="Бердск"))
    sat(cohort, small, 2, 4)
    schools = [team.school_id, other_team.school_id, small.id]

    counts = SITE["growth"](schools, HalfYear.of(today()), admin)

    assert counts == {team.school_id: Count(8, 8)}


def test_cohort_that_ended_at_another_time_does_not_count(sat, cohort, team):
    sat(cohort, team.school, 5, 1)
    yesterday = today() - timedelta(days=1)

    assert learned_in(Period(yesterday, yesterday)) == {}
    assert learned_in(Period(yesterday, today())) != {}


def test_region_is_the_sum_of_its_towns(sat, cohort, team, other_team, territory):
    sat(cohort, team.school, 5, 1)
    sat(cohort, other_team.school, 7, 2)

    learned = learned_in(HalfYear.of(today()))

    places = [Place(school_id=one.school_id) for one in (team, other_team)]
    first, second = (learned[place].growth for place in places)
    assert learned[WHOLE].growth == first + second
    assert learned[Place(territory.id)].growth == first
    assert learned[Place(territory.parent_id)].growth == first
