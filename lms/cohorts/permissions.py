"""Who sees which cohort; only admins change one, and the addresses say so."""

import sqlalchemy as sa

from lms.accounts.models import User
from lms.cohorts.models import Cohort


def visible_cohorts(user: User) -> sa.Select[Cohort]:
    """Admins see every cohort, tutors those in which they review."""
    query = sa.select(Cohort)
    if user.is_admin:
        return query
    return query.where(Cohort.tutors.any(User.id == user.id))
