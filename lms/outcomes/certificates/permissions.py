"""Who sees which certificate, and whose way to it.

`visible_*` build queries: what a person may not see does not exist for them (404).
"""

import sqlalchemy as sa

from lms.course.cohorts.permissions import in_run_cohort
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_administer, can_judge
from lms.outcomes.certificates.models import Certificate
from lms.review.reviews.permissions import works_to_read_blind
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import in_coordinated_team
from lms.work.submissions.models import Submission


def visible_certificates(user: User) -> sa.Select[Certificate]:
    """Everybody sees their own; staff those of the cohorts that they run."""
    return sa.select(Certificate).where(sa.or_(*ways_to_certificates(user)))


def ways_to_certificates(user: User) -> list[sa.ColumnElement[bool]]:
    """Return the same as reasons, of which one is enough; long lists ask each apart."""
    mine = Certificate.user_id == user.id
    runs = in_run_cohort(user, Certificate.cohort_id)
    if can_judge(user):
        runs = sa.and_(runs, Certificate.id.not_in(certificates_kept_from(user)))
    return [mine, runs]


def ways_to_listed(user: User) -> list[sa.ColumnElement[bool]]:
    """Return the reasons to find a certificate in the registry.

    There coordinators read the name, the number and the state of those of their
    schools; the paper and its page are for others.
    """
    return [*ways_to_certificates(user), is_of_coordinated(user)]


def is_of_coordinated(user: User) -> sa.ColumnElement[bool]:
    """Tell of a certificate whether a person coordinates the school of its team."""
    theirs = in_coordinated_team(user, Certificate.team_id)
    if can_judge(user):
        theirs = sa.and_(theirs, Certificate.id.not_in(certificates_kept_from(user)))
    return theirs


def certificates_kept_from(user: User) -> sa.Select[int]:
    """Return the certificates of people whose work this tutor may have to read anew.

    Issued before that, they would tell that the first tutor accepted it.
    """
    blind = works_to_read_blind(user)
    is_theirs = sa.or_(
        Submission.team_id == Certificate.team_id,
        Submission.user_id == Certificate.user_id,
    )
    return (
        sa.select(Certificate.id)
        .join(
            Submission,
            sa.and_(Submission.cohort_id == Certificate.cohort_id, is_theirs),
        )
        .where(Submission.id.in_(blind))
    )


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
