"""Who sees which cohort, who runs it; only admins change one."""

import sqlalchemy as sa

from lms.course.cohorts.models import Cohort, cohort_tutor
from lms.identity.accounts.models import User


def visible_cohorts(user: User) -> sa.Select[Cohort]:
    """Admins see every cohort, tutors those in which they review."""
    query = sa.select(Cohort)
    if user.is_admin:
        return query
    return query.where(Cohort.tutors.any(User.id == user.id))


def tutored_cohorts(user: User) -> sa.Select[int]:
    """Return the ids of the cohorts in which a person reviews."""
    return sa.select(cohort_tutor.c.cohort_id).where(cohort_tutor.c.user_id == user.id)


def can_run(user: User, cohort: Cohort) -> bool:
    """Admins run every cohort, tutors those in which they review."""
    return user.is_admin or (user.is_tutor and user in cohort.tutors)


def can_lead(user: User, cohort: Cohort) -> bool:
    """Tell the lead tutor of a cohort, to whom differences of others go."""
    return user.is_tutor and cohort.lead_id == user.id
