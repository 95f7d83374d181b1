"""Who sees what was written to the teams of a cohort."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import (
    can_run,
    in_coordinated_cohort,
    in_run_cohort,
)
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_coordinate
from lms.overview.mailings.models import Mailing
from lms.schools.teams.models import Team
from lms.schools.teams.permissions import is_captain, is_followed


def visible_mailings(user: User) -> sa.Select[Mailing]:
    """Whoever runs the cohort sees what was written to it, coordinators their own."""
    own = sa.and_(
        in_coordinated_cohort(user, Mailing.cohort_id), Mailing.author_id == user.id
    )
    return sa.select(Mailing).where(sa.or_(in_run_cohort(user, Mailing.cohort_id), own))


def writes_to_captains(user: User, cohort: Cohort) -> bool:
    """Tell a coordinator, who writes to the captains of her schools and no others."""
    return can_coordinate(user) and not can_run(user, cohort)


def may_write_to(user: User, cohort: Cohort, team_id: int) -> bool:
    """Tell at the moment of sending whether the author still follows the team."""
    if not writes_to_captains(user, cohort):
        return True
    followed = sa.select(Team.id).where(Team.id == team_id, is_followed(user))
    return db.session.scalar(followed) is not None


def can_remind(user: User, team: Team) -> bool:
    """The captain reminds the team; staff write letters of their own."""
    return is_captain(user, team)
