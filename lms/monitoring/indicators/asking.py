"""What is asked of whom: the numbers of a school, and which schools are silent."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import HalfYear
from lms.identity.accounts.models import User
from lms.monitoring.indicators.deadlines import asked_period, due_of
from lms.monitoring.indicators.figures import indicators_of
from lms.monitoring.indicators.models import Indicator, Measurement, Source
from lms.monitoring.indicators.regions import schools_taking_part
from lms.schools.teams.models import School, Team
from lms.schools.territories.permissions import coordinated_schools

# So long before the day, a school that has sent nothing is named.
REMINDED = timedelta(days=60)


def asked_of(
    school: School, period: HalfYear, *, by_coordinator: bool
) -> Sequence[Indicator]:
    """Return what a school is asked in a period; coordinators say a bit more of it."""
    if not takes_part(school, period):
        return []
    sources = {Source.SCHOOL, Source.COORDINATOR} if by_coordinator else {Source.SCHOOL}
    return [one for one in indicators_of(period) if one.source in sources]


def count_silent_schools(user: User) -> int:
    """Count the schools of a coordinator that have not sent all of their numbers.

    Nobody is silent long before the numbers are due.
    """
    period = asked_period()
    asked = [one.id for one in indicators_of(period) if one.source is Source.SCHOOL]
    if not asked or today() < due_of(period) - REMINDED:
        return 0
    sent = (
        sa.select(sa.func.count(Measurement.indicator_id.distinct()))
        .where(Measurement.school_id == School.id)
        .where(Measurement.starts_on == period.starts_on)
        .where(Measurement.indicator_id.in_(asked))
    )
    silent = sa.select(sa.func.count(School.id)).where(
        School.id.in_(coordinated_schools(user)),
        School.id.in_(schools_taking_part(period)),
        sent.scalar_subquery() < len(asked),
    )
    return db.session.scalar(silent) or 0


def takes_part(school: School, period: HalfYear) -> bool:
    """Tell whether a school is in a cohort that is under way in a period."""
    query = schools_taking_part(period).where(Team.school_id == school.id)
    return db.session.scalar(query.limit(1)) is not None
