"""Who sees what was written to the teams of a cohort."""

import sqlalchemy as sa

from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import visible_cohorts
from lms.identity.accounts.models import User
from lms.overview.mailings.models import Mailing


def visible_mailings(user: User) -> sa.Select[Mailing]:
    """Whoever sees the cohort sees what was written to it."""
    cohorts = visible_cohorts(user).with_only_columns(Cohort.id)
    return sa.select(Mailing).where(Mailing.cohort_id.in_(cohorts))
