"""The page on which the days of a cohort's modules are changed."""

from datetime import date, timedelta

import pytest

from lms.core.extensions import db
from lms.course.cohorts.models import CalendarRow
from lms.course.modules.models import Module
from tests import sample_course
from tests.conftest import save


@pytest.fixture
def row(cohort, module):
    return db.session.get_one(CalendarRow, (cohort.id, module.id))


def days(row, **changes):
    """The part of the form about a module, as it came with the page."""
    shown = {
        "seen": f"{row.opens_on}/{row.due_on}",
        "opens_on": row.opens_on,
        "due_on": row.due_on,
    }
    return {f"nastavnichestvo-{name}": day for name, day in (shown | changes).items()}


@pytest.fixture
def calendar(sign_in, admin, cohort):
    """Return a function that sends the form of the calendar."""
    browser, url = sign_in(admin), f"/cohorts/{cohort.id}/calendar"
    return lambda form: browser.post(url, data=form).text


def test_admin_changes_the_days(calendar, row):
    due_on = row.due_on + timedelta(days=3)

    calendar(days(row, due_on=due_on.isoformat()))

    assert row.due_on == due_on


def test_due_before_opening_is_refused_at_the_field(calendar, row):
    due_on = (row.opens_on - timedelta(days=1)).isoformat()

    page = calendar(days(row, due_on=due_on))

    assert 'id="nastavnichestvo-due_on-error"' in page
    assert "Срок раньше открытия" in page
    assert f'value="{due_on}"' in page


def test_due_day_alone_is_refused_at_the_field(calendar, row):
    assert "Укажите и день открытия" in calendar(days(row, opens_on=""))


def test_both_days_are_shown_when_a_colleague_was_faster(calendar, row):
    mine, theirs = row.due_on + timedelta(days=3), row.due_on + timedelta(days=5)
    form = days(row, due_on=mine)
    row.due_on = theirs
    save(row)

    page = calendar(form)

    assert "изменил те же занятия" in page
    assert f'value="{mine}"' in page
    assert "Сейчас в календаре" in page

    calendar(form | {"nastavnichestvo-seen": f"{row.opens_on}/{theirs}"})
    assert row.due_on == mine


def test_day_of_a_colleague_stays_where_nothing_was_typed(calendar, row):
    form = days(row)
    row.due_on += timedelta(days=5)
    save(row)

    assert "изменил те же занятия" not in calendar(form)
    assert form["nastavnichestvo-due_on"] != row.due_on


def test_module_may_be_added_to_an_open_cohort(calendar, row, cohort):
    save(Module(slug="komanda", position=8))

    calendar(days(row) | {"komanda-opens_on": "2030-01-10"})

    assert [dates.slug for dates in cohort.dates] == ["nastavnichestvo", "komanda"]


def test_days_in_holidays_are_marked_and_moved_before_they_are_stored(
    sign_in, admin, cohort, row
):
    sample_course.store_course(holidays=["1 июля – 31 августа"])
    browser, url = sign_in(admin), f"/cohorts/{cohort.id}/calendar"
    row.due_on, stored = date(2030, 7, 10), date(2030, 7, 10)
    save(row)
    assert "на каникулы" in browser.get(url).text

    page = browser.post(f"{url}/past-holidays", data=days(row)).text

    assert "перенесён" in page
    assert 'value="2030-09-02"' in page
    assert f'value="{row.opens_on}/{stored}"' in page
    assert row.due_on == stored


def test_days_that_cannot_be_moved_come_back_as_they_were_typed(sign_in, admin, row):
    url = f"/cohorts/{row.cohort_id}/calendar/past-holidays"

    page = sign_in(admin).post(url, data=days(row, due_on="31.02.2030")).text

    assert "Такого дня нет" in page
    assert 'value="31.02.2030"' in page
