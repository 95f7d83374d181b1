"""Who sees what was issued to a cohort: whoever runs it.

A second reader learns nothing of people whose work waits to be read anew: that they
were ready would tell that the first tutor accepted it.
"""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import in_run_cohort
from lms.identity.accounts.models import User
from lms.outcomes.batches.models import Batch, BatchPerson
from lms.review.reviews.permissions import works_to_read_blind
from lms.schools.teams.models import Membership
from lms.work.submissions.models import Submission


def visible_batches(user: User) -> sa.Select[Batch]:
    """Whoever runs a cohort sees what was issued to all of it."""
    theirs = in_run_cohort(user, Batch.cohort_id)
    is_told = Batch.id.in_(visible_people(user).with_only_columns(BatchPerson.batch_id))
    return sa.select(Batch).where(theirs, is_told)


def visible_people(user: User) -> sa.Select[BatchPerson]:
    """Return those in batches of whom the viewer may know that they were ready."""
    teams = sa.select(Membership.team_id).where(
        Membership.user_id == BatchPerson.user_id
    )
    is_theirs = sa.or_(
        Submission.team_id.in_(teams), Submission.user_id == BatchPerson.user_id
    )
    is_kept = sa.exists().where(
        Submission.id.in_(works_to_read_blind(user)),
        Submission.cohort_id == Batch.cohort_id,
        is_theirs,
    )
    return sa.select(BatchPerson).join(BatchPerson.batch).where(~is_kept)


def can_unpack(user: User, cohort: Cohort) -> bool:
    """Tell whether the papers of all people of a cohort may be known to a viewer."""
    blind = sa.exists().where(
        Submission.cohort_id == cohort.id,
        Submission.id.in_(works_to_read_blind(user)),
    )
    return not db.session.scalar(sa.select(blind))
