"""Who reads what a cohort has answered: figures of groups, words of no school."""

import sqlalchemy as sa

from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.monitoring.diagnostics.permissions import measured_cohorts
from lms.monitoring.surveys.models import SurveyRound


def visible_rounds(user: User) -> sa.Select[SurveyRound]:
    """Whoever reads the figures of a cohort reads those of its surveys."""
    cohorts = measured_cohorts(user).with_only_columns(Cohort.id)
    return sa.select(SurveyRound).where(SurveyRound.cohort_id.in_(cohorts))
