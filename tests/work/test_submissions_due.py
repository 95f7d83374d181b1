"""The due day of a work follows the calendar."""

from datetime import timedelta

import pytest

from lms.core.language import today
from lms.course.cohorts.calendar import Change, mark
from lms.course.cohorts.dates import change_dates
from lms.work.submissions.models import Status
from lms.work.submissions.services import start_submission
from tests.conftest import save


@pytest.fixture
def work(module, team, captain):
    return start_submission(module, user=captain, team=team)


@pytest.fixture
def move(cohort, module, admin):
    """Return a function that changes the days of the module in the calendar."""

    def change(**days):
        [row] = cohort.dates
        wanted = Change(row.slug, mark(row), row._replace(**days))
        change_dates(cohort, changes=[wanted], actor=admin)

    return change


def in_days(number):
    return None if number is None else today() + timedelta(days=number)


@pytest.mark.parametrize("number", [20, 3, None])
def test_work_is_due_with_its_module(work, move, number):
    move(due_on=in_days(number))

    assert work.due_on == in_days(number)


def test_work_without_a_due_day_gets_one(work, move):
    move(due_on=None)
    move(due_on=in_days(5))

    assert work.due_on == in_days(5)


@pytest.mark.parametrize(("calendar", "due"), [(3, 30), (None, 30), (40, 40)])
def test_extension_is_never_taken_back(work, move, calendar, due):
    work.due_on = in_days(30)
    save(work)

    move(due_on=in_days(calendar))

    assert work.due_on == in_days(due)


def test_accepted_work_is_left_alone(work, move):
    before, work.status = work.due_on, Status.ACCEPTED
    save(work)

    move(due_on=in_days(40))

    assert work.due_on == before


def test_another_opening_day_changes_no_due_day(work, move):
    before = work.due_on

    move(opens_on=in_days(-31))

    assert work.due_on == before
