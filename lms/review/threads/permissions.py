"""Who reads a thread, and as whom a person speaks in it."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort, CohortState, cohort_tutor
from lms.course.cohorts.permissions import tutored_cohorts
from lms.identity.accounts.models import User
from lms.review.reviews.permissions import works_to_read_blind
from lms.review.threads.models import Thread, Voice
from lms.work.submissions.models import Submission
from lms.work.submissions.permissions import can_write, own_works


def works_with_thread(user: User) -> sa.Select[Submission]:
    """Admins see every thread, tutors those of their cohorts, participants their own.

    A tutor may answer about a work that was not sent yet, without reading it.
    """
    query = sa.select(Submission)
    if user.is_admin:
        return query
    if not user.is_tutor:
        return query.where(own_works(user))
    begun = sa.exists().where(Thread.submission_id == Submission.id)
    tutored = sa.and_(
        Submission.cohort_id.in_(tutored_cohorts(user)),
        sa.or_(Submission.sent_at.is_not(None), begun),
    )
    return query.where(sa.or_(own_works(user), tutored))


def voice_of(user: User, submission: Submission) -> Voice:
    """Tell as whom somebody speaks who may read the thread."""
    if can_write(user, submission):
        return Voice.OWNER
    if not user.is_tutor:
        return Voice.ADMIN
    here = tutored_cohorts(user).where(cohort_tutor.c.cohort_id == submission.cohort_id)
    return Voice.TUTOR if db.session.scalar(sa.select(here.exists())) else Voice.ADMIN


def works_to_answer(user: User) -> sa.Select[int]:
    """Return the ids of the works about which a person answers questions.

    A team asks about its review, so a second reader reads the work first.
    """
    query = (
        sa.select(Submission.id)
        .join(Submission.cohort)
        .where(Cohort.state == CohortState.OPEN)
    )
    if user.is_admin:
        return query
    # Whose own a work is, the database may not know: it has no team, or no person.
    others = own_works(user).is_not(sa.true())
    not_blind = Submission.id.not_in(works_to_read_blind(user))
    return query.where(
        Submission.cohort_id.in_(tutored_cohorts(user)), others, not_blind
    )
