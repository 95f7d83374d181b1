"""Who sees, runs and judges which cohort: the one place that knows it for all features.

Judging is for the tutors of a cohort, running it for them and for admins. Whoever runs
a cohort sees it, and whoever coordinates a school that takes part. The `in_…` ask the
same of anything that belongs to a cohort.
"""

import sqlalchemy as sa

from lms.course.cohorts.models import Cohort, CohortState, cohort_tutor
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import (
    can_administer,
    can_coordinate,
    can_judge,
)
from lms.schools.teams.models import Team
from lms.schools.territories.permissions import is_coordinated


def visible_cohorts(user: User) -> sa.Select[Cohort]:
    """Whoever runs a cohort sees it, and whoever coordinates a school of it."""
    return sa.select(Cohort).where(
        sa.or_(in_run_cohort(user, Cohort.id), in_coordinated_cohort(user, Cohort.id))
    )


def run_cohorts(user: User) -> sa.Select[Cohort]:
    """Admins run every cohort, tutors those in which they judge."""
    return sa.select(Cohort).where(in_run_cohort(user, Cohort.id))


def staffed_cohorts(user: User) -> sa.Select[Cohort]:
    """Return those of them that are not closed, newest first."""
    current = run_cohorts(user).where(Cohort.state != CohortState.CLOSED)
    return current.order_by(Cohort.starts_on.desc(), Cohort.id)


def followed_cohorts(user: User) -> sa.Select[Cohort]:
    """Return the cohorts under way that stand in a person's calendar as a whole."""
    current = visible_cohorts(user).where(Cohort.state != CohortState.CLOSED)
    return current.order_by(Cohort.starts_on.desc(), Cohort.id)


def judged_cohorts(user: User) -> sa.Select[Cohort]:
    """Tutors judge in the cohorts to which they were assigned."""
    return sa.select(Cohort).where(in_judged_cohort(user, Cohort.id))


def in_run_cohort(
    user: User, cohort_id: sa.SQLColumnExpression[int]
) -> sa.ColumnElement[bool]:
    """Tell of what has a cohort whether a person runs that."""
    return sa.true() if can_administer(user) else in_judged_cohort(user, cohort_id)


def in_coordinated_cohort(
    user: User, cohort_id: sa.SQLColumnExpression[int]
) -> sa.ColumnElement[bool]:
    """Tell of what has a cohort whether a person coordinates a school of it."""
    if not can_coordinate(user):
        return sa.false()
    teams = sa.select(Team.cohort_id).where(is_coordinated(user, Team.school_id))
    return cohort_id.in_(teams)


def in_judged_cohort(
    user: User,
    cohort_id: sa.SQLColumnExpression[int],
    *conditions: sa.ColumnElement[bool],
) -> sa.ColumnElement[bool]:
    """Tell of what has a cohort whether a person judges there, on some conditions.

    For all but tutors this is the bare `false()`, which `or_` leaves out: a constant
    beside the other reasons to see a row would keep SQLite from using their indexes.
    """
    if not can_judge(user):
        return sa.false()
    assigned = sa.select(cohort_tutor.c.cohort_id)
    mine = cohort_id.in_(assigned.where(cohort_tutor.c.user_id == user.id))
    return sa.and_(mine, *conditions)


def is_lead(user: User) -> sa.ColumnElement[bool]:
    """Tell of a cohort whether a person is its lead tutor."""
    return Cohort.lead_id == user.id if can_judge(user) else sa.false()


def can_run(user: User, cohort: Cohort) -> bool:
    """Admins run every cohort, tutors those in which they judge."""
    return can_administer(user) or (can_judge(user) and user in cohort.tutors)


def can_lead(user: User, cohort: Cohort) -> bool:
    """Tell the lead tutor of a cohort, to whom differences of others go."""
    return can_judge(user) and cohort.lead_id == user.id
