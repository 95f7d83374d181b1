"""Letters of May about a report that is not closed: twice at most, and then no more."""

from datetime import UTC, date, datetime

import pytest

from lms.core import jobs
from lms.core.extensions import db
from lms.core.periods import SchoolYear
from lms.identity.letters.models import Letter
from lms.identity.letters.services import switch_off
from lms.monitoring.reports import nudges, services
from lms.monitoring.reports.scope import Scope
from lms.schools.teams.models import Team
from tests.conftest import letters

FIRST, SECOND = date(2027, 5, 1), date(2027, 5, 20)


@pytest.fixture
def come(monkeypatch):
    """Return a function that sets the clock to the morning of a day."""

    def to(day):
        monkeypatch.setattr(nudges, "today", lambda: day)
        jobs.enqueue_daily(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        return [one for one in letters() if "Годовой отчёт" in one["subject"]]

    return to


def test_coordinator_is_reminded_on_two_days_of_may(come, coordinator, territory):
    days = [date(2027, 4, 30), FIRST, FIRST, date(2027, 5, 2), SECOND]

    numbers = [len(come(day)) for day in days]

    assert numbers == [0, 1, 1, 1, 2]
    first = letters()[0]
    assert first["to"] == coordinator.email
    assert f"/reports/{territory.id}/2026-27/" in first["text"]


def test_closing_ends_the_letters(come, coordinator, captain, territory):
    come(FIRST)
    scope = Scope(SchoolYear.starting(2026), None, territory=territory)
    services.close(scope, actor=coordinator)

    assert len(come(SECOND)) == 1


def test_report_that_was_closed_meanwhile_has_no_letter(
    coordinator, captain, territory
):
    nudges.enqueue_nudges(FIRST)
    scope = Scope(SchoolYear.starting(2026), None, territory=territory)

    services.close(scope, actor=coordinator)

    assert letters() == []


def test_site_that_stood_still_sends_the_letter_within_five_days(come, coordinator):
    assert len(come(date(2027, 5, 6))) == 1
    assert len(come(date(2027, 5, 26))) == 1


def test_territory_in_which_no_course_went_has_nothing_to_close(come, coordinator):
    db.session.query(Team).delete()
    db.session.commit()

    assert come(FIRST) == []


def test_letter_goes_with_those_about_the_schools(come, coordinator):
    switch_off(coordinator, [Letter.SCHOOLS])

    assert come(FIRST) == []
