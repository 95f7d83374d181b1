"""The due day of a work follows the calendar."""

from datetime import timedelta

import pytest

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow
from lms.work.submissions.models import Status
from lms.work.submissions.services import start_submission
from tests.conftest import save


@pytest.fixture
def work(module, team, captain):
    return start_submission(module, user=captain, team=team)


@pytest.fixture
def row(cohort, module):
    return db.session.get_one(CalendarRow, (cohort.id, module.id))


def in_days(number):
    return None if number is None else today() + timedelta(days=number)


def move(row, number):
    row.due_on = in_days(number)
    save(row)


@pytest.mark.parametrize("number", [20, 3, None])
def test_work_is_due_with_its_module(work, row, number):
    move(row, number)

    assert work.due_on == in_days(number)


def test_work_without_a_due_day_gets_one(work, row):
    move(row, None)
    move(row, 5)

    assert work.due_on == in_days(5)


@pytest.mark.parametrize(("calendar", "due"), [(3, 30), (None, 30), (40, 40)])
def test_extension_is_never_taken_back(work, row, calendar, due):
    work.due_on = in_days(30)
    save(work)

    move(row, calendar)

    assert work.due_on == in_days(due)


def test_accepted_work_is_left_alone(work, row):
    before, work.status = work.due_on, Status.ACCEPTED
    save(work)

    move(row, 40)

    assert work.due_on == before


def test_another_opening_day_changes_no_due_day(work, row):
    before = work.due_on
    row.opens_on -= timedelta(days=1)
    save(row)

    assert work.due_on == before
