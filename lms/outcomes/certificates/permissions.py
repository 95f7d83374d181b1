"""Who sees which certificate, and whose way to it.

`visible_*` build queries: what a person may not see does not exist for them (404).
"""

import sqlalchemy as sa

from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import visible_cohorts
from lms.identity.accounts.models import User
from lms.outcomes.certificates.models import Certificate
from lms.schools.teams.models import Membership, Team


def visible_certificates(user: User) -> sa.Select[Certificate]:
    """Everybody sees their own; staff those of the cohorts that they see."""
    query = sa.select(Certificate)
    if user.is_admin:
        return query
    mine = Certificate.user_id == user.id
    if user.is_tutor:
        return query.where(sa.or_(mine, Certificate.cohort_id.in_(_cohort_ids(user))))
    return query.where(mine)


def visible_memberships(user: User) -> sa.Select[Membership]:
    """Whose conditions one may read: one's own, and as staff those of the cohorts."""
    query = sa.select(Membership).join(Membership.team)
    if user.is_admin:
        return query
    mine = Membership.user_id == user.id
    if user.is_tutor:
        return query.where(sa.or_(mine, Team.cohort_id.in_(_cohort_ids(user))))
    return query.where(mine)


def can_amend(user: User) -> bool:
    """Only admins revoke and replace: a word of theirs stands in public."""
    return user.is_admin


def _cohort_ids(user: User) -> sa.Select[int]:
    return visible_cohorts(user).with_only_columns(Cohort.id)
