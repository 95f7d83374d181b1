"""Who sees, runs and judges which cohort."""

import pytest

from lms.core.extensions import db
from lms.course.cohorts.permissions import judged_cohorts, run_cohorts, visible_cohorts
from tests.conftest import save

SCOPES = (visible_cohorts, run_cohorts, judged_cohorts)


def names(scope, user):
    return [cohort.name for cohort in db.session.scalars(scope(user))]


@pytest.mark.parametrize("scope", SCOPES)
def test_tutor_has_the_cohorts_of_the_assignment(scope, tutor, other_tutor):
    assert names(scope, tutor) == ["Осень 2026"]
    assert names(scope, other_tutor) == []


def test_admin_runs_every_cohort_and_judges_in_none(admin, cohort):
    assert [names(scope, admin) for scope in SCOPES] == [[cohort.name]] * 2 + [[]]


@pytest.mark.parametrize("scope", SCOPES)
def test_whoever_is_tutor_no_more_has_no_cohort(scope, tutor):
    tutor.roles = frozenset()
    save(tutor)

    assert names(scope, tutor) == []
