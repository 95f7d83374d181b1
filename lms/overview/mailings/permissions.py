"""Who sees what was written to the teams of a cohort."""

import sqlalchemy as sa

from lms.course.cohorts.permissions import in_run_cohort
from lms.identity.accounts.models import User
from lms.overview.mailings.models import Mailing


def visible_mailings(user: User) -> sa.Select[Mailing]:
    """Whoever runs the cohort sees what was written to it."""
    return sa.select(Mailing).where(in_run_cohort(user, Mailing.cohort_id))
