"""Two letters in May to coordinators whose year report is not closed yet."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.jobs import enqueue, every_day
from lms.core.language import day as in_words
from lms.core.language import today
from lms.core.links import site_link
from lms.core.mail import letter_job
from lms.core.mail_message import Letter
from lms.core.periods import SchoolYear
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import COORDINATORS, ids_among
from lms.identity.letters import models as letters
from lms.identity.letters.services import compose_letter, reader_of
from lms.monitoring.indicators.regions import schools_taking_part
from lms.monitoring.reports.models import Report
from lms.monitoring.reports.scope import key_of
from lms.schools.territories.models import (
    SchoolTerritory,
    Territory,
    with_surroundings,
)
from lms.schools.territories.permissions import given_territories

# «Ежегодно до 01.06.» (002:65).
DUE = (6, 1)
# The month and the day of each letter.
DAYS = ((5, 1), (5, 20))
HOUR = 8
# A site that stood still on that day sends the letter later, but not for long.
LATEST = timedelta(days=5)


@every_day("report nudges", "Напоминания о годовых отчётах", hour=HOUR)
def enqueue_nudges_of_today(request: dict[str, Any]) -> None:
    """Start the letters when one of their two days has come."""
    day = date.fromisoformat(request["day"])
    for begins_on in days_of(SchoolYear.of(day)):
        if day == today() and begins_on <= day <= begins_on + LATEST:
            enqueue_nudges(begins_on)


def days_of(year: SchoolYear) -> list[date]:
    """Return the days on which coordinators are reminded of the report of a year."""
    return [date(year.ends_on.year, *month_and_day) for month_and_day in DAYS]


def due_of(year: SchoolYear) -> date:
    """Return the day by which the report of a year is handed in."""
    return date(year.ends_on.year, *DUE)


def enqueue_nudges(day: date) -> None:
    """Add a job for every coordinator; its key holds the day of the letter."""
    for person_id in db.session.scalars(ids_among(COORDINATORS)).all():
        facts = {"person": person_id, "day": day.isoformat()}
        enqueue("report nudge", facts, key=f"report nudge:{person_id}:{day}", bulk=True)
    db.session.commit()


@letter_job("report nudge", "Напоминание о годовом отчёте", last=True)
def write_nudge(request: dict[str, Any]) -> Letter | None:
    """Make the letter of one person, unless the reports are closed by now."""
    day = date.fromisoformat(request["day"])
    year = SchoolYear.of(day)
    person = reader_of(letters.Letter.SCHOOLS, request["person"])
    open_ones = unclosed_reports(person, year) if person else []
    if person is None or not open_ones:
        return None
    return compose_letter(
        person,
        [letters.Letter.SCHOOLS],
        f"Годовой отчёт за {year.label}: сдать до {in_words(due_of(year))}",
        "monitoring/reports/mail/nudge.txt",
        event=f"report nudge:{person.id}:{day}",
        year=year,
        due_on=due_of(year),
        reports=[(one.name, _address(one, year)) for one in open_ones],
    )


def unclosed_reports(person: User, year: SchoolYear) -> Sequence[Territory]:
    """Return the territories given to a person whose report of a year is not closed.

    Where no school took part in the year there is nothing to close. One statement.
    """
    closed = (
        sa.select(Report.territory_id)
        .join(Report.editions)
        .where(Report.year == year.starts_on.year, Report.territory_id.is_not(None))
    )
    there = sa.select(SchoolTerritory.territory_id).where(
        SchoolTerritory.lasts_on(min(year.ends_on, today())),
        SchoolTerritory.school_id.in_(schools_taking_part(year)),
    )
    return db.session.scalars(
        sa.select(Territory)
        .where(Territory.id.in_(given_territories(person)))
        .where(Territory.merged_at.is_(None), Territory.id.not_in(closed))
        .where(Territory.id.in_(with_surroundings(there)))
        .order_by(Territory.name, Territory.id)
    ).all()


def _address(territory: Territory, year: SchoolYear) -> str:
    page = {"territory_id": territory.id, "year": key_of(year)}
    return site_link("reports.report", **page)
