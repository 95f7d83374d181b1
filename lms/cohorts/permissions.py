"""Who sees which cohort; only admins change one, and the addresses say so."""

import sqlalchemy as sa

from lms.accounts.models import User
from lms.cohorts.models import Cohort, cohort_tutor


def visible_cohorts(user: User) -> sa.Select[Cohort]:
    """Admins see every cohort, tutors those in which they review."""
    query = sa.select(Cohort)
    if user.is_admin:
        return query
    return query.where(Cohort.tutors.any(User.id == user.id))


def tutored_cohorts(user: User) -> sa.Select[int]:
    """Return the ids of the cohorts in which a person reviews."""
    return sa.select(cohort_tutor.c.cohort_id).where(cohort_tutor.c.user_id == user.id)
