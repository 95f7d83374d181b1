"""Who reads a thread, and as whom a person speaks in it."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.permissions import in_judged_cohort
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_judge, sees_everything
from lms.review.reviews.permissions import works_to_read_blind
from lms.review.threads.models import Thread, Voice
from lms.work.submissions.models import Submission
from lms.work.submissions.permissions import can_write, own_works


def works_with_thread(user: User) -> sa.Select[Submission]:
    """Admins see every thread, tutors those of their cohorts, participants their own.

    A tutor may answer about a work that was not sent yet, without reading it.
    """
    begun = sa.exists().where(Thread.submission_id == Submission.id)
    is_known = sa.or_(Submission.sent_at.is_not(None), begun)
    judged = in_judged_cohort(user, Submission.cohort_id, is_known)
    return sa.select(Submission).where(
        sa.or_(sees_everything(user), own_works(user), judged)
    )


def voice_of(user: User, submission: Submission) -> Voice:
    """Tell as whom somebody speaks who may read the thread."""
    is_own = can_write(user, submission)
    judges = sa.select(in_judged_cohort(user, sa.literal(submission.cohort_id)))
    is_judged = not is_own and can_judge(user) and bool(db.session.scalar(judges))
    return voice_as(is_own=is_own, is_judged=is_judged)


def voice_as(*, is_own: bool, is_judged: bool) -> Voice:
    """Tell the same where it is known whose the work is, and who judges there."""
    if is_own:
        return Voice.OWNER
    return Voice.TUTOR if is_judged else Voice.ADMIN


def works_to_answer(user: User) -> sa.Select[int]:
    """Return the ids of the works about which a person answers questions.

    A team asks about its review, so a second reader reads the work first.
    """
    # Whose own a work is, the database may not know: it has no team, or no person.
    is_others = own_works(user).is_not(sa.true())
    judged = in_judged_cohort(user, Submission.cohort_id, is_others)
    return (
        sa.select(Submission.id)
        .join(Submission.cohort)
        .where(Cohort.state == CohortState.OPEN, sa.or_(sees_everything(user), judged))
        .where(Submission.id.not_in(works_to_read_blind(user)))
    )
