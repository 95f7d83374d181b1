"""The same people in another cohort: their second year of the course."""

from datetime import timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import Cohort, CohortState
from lms.identity.accounts.models import User
from lms.schools.teams.models import Membership, Position, School, Team
from tests.conftest import RULE, save


def another_cohort(name="Осень 2027"):
    """Store a cohort under way that has no modules of its own."""
    return save(
        Cohort(
            name=name,
            calendar="two_years",
            starts_on=today() - timedelta(days=10),
            state=CohortState.OPEN,
            opened_at=utcnow(),
            rule=RULE.model_dump(mode="json"),
        )
    )


def another_team(cohort=None, name="Начало"):
    """Store a team of a school that nobody knows, in another cohort."""
    school = School(name="Школа № 7", municipality="Обь")
    cohort = cohort or another_cohort()
    return save(Team(school=school, cohort=cohort, name=name))


def join_another_cohort(email, *, is_shown):
    """Put a person into a team of another cohort too; pages show it, or the first."""
    person = db.session.scalars(sa.select(User).filter_by(email=email)).one()
    chosen_at = utcnow() if is_shown else utcnow() - timedelta(days=1000)
    return save(
        Membership(
            user=person,
            team=another_team(),
            position=Position.DEPUTY,
            is_captain=True,
            chosen_at=chosen_at,
        )
    )
