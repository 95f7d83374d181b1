"""What a coordinator finds on the start page: her schools in a few numbers."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import site_zone, today
from lms.core.periods import SchoolYear
from lms.identity.accounts.models import User
from lms.monitoring.indicators.asking import (
    Waiting,
    silent_schools,
    waiting_for,
)
from lms.monitoring.indicators.deadlines import asked_period, due_of, is_late
from lms.monitoring.reports.nudges import days_of, unclosed_reports
from lms.monitoring.reports.nudges import due_of as report_due_of
from lms.outcomes.certificates.models import Certificate, CertificateState
from lms.outcomes.certificates.permissions import is_of_coordinated
from lms.overview.agenda.calendars import calendar_of_person
from lms.overview.agenda.deadlines import deadlines_of
from lms.overview.agenda.months import Line
from lms.overview.progress.stuck import count_stuck_schools
from lms.schools.teams.models import School
from lms.schools.territories.models import Territory
from lms.schools.territories.permissions import coordinated_schools, given_territories

DATES = 3


class Numbers(NamedTuple):
    """What is counted of the schools of a coordinator."""

    schools: int
    stuck: int
    certificates: int


class MySchools(NamedTuple):
    """The territories of a coordinator, their schools in numbers, and what is next."""

    territories: Sequence[str]
    numbers: Numbers
    # They have not sent the numbers that they owe, by this day.
    silent: Sequence[School]
    due_on: date
    is_late: bool
    waiting: Sequence[Waiting]
    unreported: Sequence[str]
    reports_due_on: date
    dates: list[Line]

    @property
    def reports_are_late(self) -> bool:
        return self.reports_due_on < today()


def my_schools(user: User) -> MySchools:
    """Sum up the schools that a person coordinates today."""
    given = Territory.id.in_(given_territories(user))
    names = sa.select(Territory.name).where(given).order_by(Territory.name)
    every: list[Line] = [*calendar_of_person(user), *deadlines_of(user)]
    ahead = sorted(
        (one for one in every if one.day >= today()), key=lambda one: one.order
    )
    return MySchools(
        db.session.scalars(names).all(),
        _numbers(user),
        silent_schools(user),
        due_of(asked_period()),
        is_late(asked_period()),
        waiting_for(user),
        unreported_territories(user),
        report_due_of(SchoolYear.of(today())),
        ahead[:DATES],
    )


def unreported_territories(user: User) -> Sequence[str]:
    """Name the territories whose report nobody has closed, once letters ask for it."""
    year = SchoolYear.of(today())
    if today() < min(days_of(year)):
        return []
    return [one.name for one in unclosed_reports(user, year)]


def _numbers(user: User) -> Numbers:
    month = datetime.combine(today().replace(day=1), time(), site_zone())
    schools = coordinated_schools(user).subquery()
    certificates = sa.select(sa.func.count(Certificate.id)).where(
        is_of_coordinated(user),
        Certificate.state == CertificateState.VALID,
        Certificate.issued_at >= month,
    )
    row: Any = db.session.execute(
        sa.select(
            sa.select(sa.func.count()).select_from(schools).scalar_subquery(),
            count_stuck_schools(user).scalar_subquery(),
            certificates.scalar_subquery(),
        )
    ).one()
    return Numbers(*row)
