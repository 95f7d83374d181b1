"""Who sees what was issued to a cohort: whoever runs it."""

import sqlalchemy as sa

from lms.course.cohorts.permissions import in_run_cohort
from lms.identity.accounts.models import User
from lms.outcomes.batches.models import Batch


def visible_batches(user: User) -> sa.Select[Batch]:
    """Whoever runs a cohort sees what was issued to all of it."""
    return sa.select(Batch).where(in_run_cohort(user, Batch.cohort_id))
