"""What is asked of whom: the numbers of a school, and which schools are silent."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import HalfYear
from lms.identity.accounts.models import User
from lms.monitoring.indicators.deadlines import asked_period, due_of, is_late
from lms.monitoring.indicators.figures import indicators_of, is_last_version
from lms.monitoring.indicators.models import (
    Indicator,
    Measurement,
    MeasurementDecision,
    Source,
)
from lms.monitoring.indicators.permissions import may_decide
from lms.monitoring.indicators.regions import schools_taking_part
from lms.schools.teams.models import School, Team
from lms.schools.territories.permissions import coordinated_schools

# So long before the day, and after it, a school that has sent nothing is named.
REMINDED = timedelta(days=60)


def asked_of(
    school: School, period: HalfYear, *, by_coordinator: bool
) -> Sequence[Indicator]:
    """Return what a school is asked in a period; coordinators say a bit more of it."""
    if not takes_part(school, period):
        return []
    sources = {Source.SCHOOL, Source.COORDINATOR} if by_coordinator else {Source.SCHOOL}
    return [one for one in indicators_of(period) if one.source in sources]


class Owed(NamedTuple):
    """What a school has to do about its numbers."""

    period: HalfYear
    due_on: date
    missing: int
    questions: int

    @property
    def is_late(self) -> bool:
        return is_late(self.period)


def owed_by(school: School) -> Owed | None:
    """Return what a school owes about the day on which it is due; one statement."""
    period = asked_period()
    if abs(today() - due_of(period)) > REMINDED:
        return None
    owed = answer_of(school, period)
    return owed if owed and (owed.missing or owed.questions) else None


def answer_of(school: School, period: HalfYear) -> Owed | None:
    """Return what a school still has to say of a half-year; None: nothing is asked."""
    rows = db.session.execute(_asked_and_told(school, period)).all()
    if not rows:
        return None
    missing = sum(measurement is None for measurement, _ in rows)
    questions = sum(is_accepted is False for _, is_accepted in rows)
    return Owed(period, due_of(period), missing, questions)


def _asked_and_told(school: School, period: HalfYear) -> sa.Select[int, bool]:
    """Find what was sent of each indicator that is asked, and what was decided."""
    told = sa.and_(
        Measurement.indicator_id == Indicator.id,
        Measurement.school_id == school.id,
        Measurement.starts_on == period.starts_on,
        is_last_version(),
    )
    decided = sa.and_(MeasurementDecision.measurement_id == Measurement.id, _is_last())
    takes_part = schools_taking_part(period).where(Team.school_id == school.id)
    return (
        sa.select(Measurement.id, MeasurementDecision.is_accepted)
        .select_from(Indicator)
        .outerjoin(Measurement, told)
        .outerjoin(MeasurementDecision, decided)
        .where(Indicator.holds_in(period), Indicator.source == Source.SCHOOL)
        .where(takes_part.exists())
    )


@cache
def _is_last() -> sa.ColumnElement[bool]:
    """Tell of a decision whether none was taken after it."""
    later = aliased(MeasurementDecision)
    return ~sa.exists().where(
        later.measurement_id == MeasurementDecision.measurement_id,
        later.number > MeasurementDecision.number,
    )


class Sent(NamedTuple):
    """How many schools of a coordinator are asked, and how many have not answered."""

    schools: int
    silent: int


def silent_schools(user: User) -> Sequence[School]:
    """Return the schools of a coordinator that have not sent all of their numbers.

    Nobody is silent long before the numbers are due.
    """
    period = asked_period()
    asked = _asked_of_schools(period)
    if not asked or today() < due_of(period) - REMINDED:
        return []
    named = School.municipality, School.name, School.id
    schools = sa.select(School).where(*_asked_schools(user, period))
    return db.session.scalars(
        schools.where(_sent(period, asked) < len(asked)).order_by(*named)
    ).all()


def sent_to(user: User, period: HalfYear) -> Sent | None:
    """Count whose numbers of a half-year a coordinator has; None: nobody is asked."""
    asked = _asked_of_schools(period)
    if not asked:
        return None
    count = sa.func.count(School.id)
    schools, silent = db.session.execute(
        sa.select(count, count.filter(_sent(period, asked) < len(asked))).where(
            *_asked_schools(user, period)
        )
    ).one()
    return Sent(schools, silent) if schools else None


def _asked_of_schools(period: HalfYear) -> list[int]:
    return [one.id for one in indicators_of(period) if one.source is Source.SCHOOL]


def _asked_schools(user: User, period: HalfYear) -> tuple[sa.ColumnElement[bool], ...]:
    """Tell of a school whether a coordinator has numbers of it to wait for."""
    return (
        School.id.in_(coordinated_schools(user)),
        School.id.in_(schools_taking_part(period)),
    )


def _sent(period: HalfYear, asked: Sequence[int]) -> sa.ScalarSelect[int]:
    """Count how many of some indicators a school has sent."""
    return (
        sa.select(sa.func.count(Measurement.indicator_id.distinct()))
        .where(Measurement.school_id == School.id)
        .where(Measurement.starts_on == period.starts_on)
        .where(Measurement.indicator_id.in_(asked))
        .scalar_subquery()
    )


class Waiting(NamedTuple):
    """A school with numbers of which its coordinator has said nothing yet."""

    school: School
    period: HalfYear
    numbers: int


def waiting_for(user: User) -> list[Waiting]:
    """Return the schools whose numbers wait for a coordinator, the oldest first."""
    decided = sa.exists().where(MeasurementDecision.measurement_id == Measurement.id)
    rows = db.session.execute(
        sa.select(School, Measurement.starts_on, sa.func.count())
        .join(Measurement, Measurement.school_id == School.id)
        .where(School.id.in_(coordinated_schools(user)), may_decide(user))
        .where(is_last_version(), ~decided)
        .group_by(School.id, Measurement.starts_on)
        .order_by(Measurement.starts_on, School.name, School.id)
    )
    return [
        Waiting(school, HalfYear.of(starts_on), numbers)
        for school, starts_on, numbers in rows
    ]


def takes_part(school: School, period: HalfYear) -> bool:
    """Tell whether a school is in a cohort that is under way in a period."""
    query = schools_taking_part(period).where(Team.school_id == school.id)
    return db.session.scalar(query.limit(1)) is not None
