"""Who sees which certificate, and whose way to it.

`visible_*` build queries: what a person may not see does not exist for them (404).
"""

import sqlalchemy as sa

from lms.course.cohorts.permissions import in_run_cohort
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_administer
from lms.outcomes.certificates.models import Certificate
from lms.schools.teams.models import Membership, Team


def visible_certificates(user: User) -> sa.Select[Certificate]:
    """Everybody sees their own; staff those of the cohorts that they run."""
    return sa.select(Certificate).where(sa.or_(*ways_to_certificates(user)))


def ways_to_certificates(user: User) -> list[sa.ColumnElement[bool]]:
    """Return the same as reasons, of which one is enough; long lists ask each apart."""
    mine = Certificate.user_id == user.id
    return [mine, in_run_cohort(user, Certificate.cohort_id)]


def visible_memberships(user: User) -> sa.Select[Membership]:
    """Whose conditions one may read: one's own, and as staff those of the cohorts."""
    mine = Membership.user_id == user.id
    return (
        sa.select(Membership)
        .join(Membership.team)
        .where(sa.or_(mine, in_run_cohort(user, Team.cohort_id)))
    )


def can_amend(user: User) -> bool:
    """Only admins revoke and replace: a word of theirs stands in public."""
    return can_administer(user)
