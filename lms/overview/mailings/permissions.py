"""Who sees what was written to the teams of a cohort."""

import sqlalchemy as sa

from lms.course.cohorts.permissions import in_run_cohort
from lms.identity.accounts.models import User
from lms.overview.mailings.models import Mailing
from lms.schools.teams.models import Team
from lms.schools.teams.permissions import is_captain


def visible_mailings(user: User) -> sa.Select[Mailing]:
    """Whoever runs the cohort sees what was written to it."""
    return sa.select(Mailing).where(in_run_cohort(user, Mailing.cohort_id))


def can_remind(user: User, team: Team) -> bool:
    """The captain reminds the team; staff write letters of their own."""
    return is_captain(user, team)
