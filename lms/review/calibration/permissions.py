"""Who scores which samples, when, and whose scores others see."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from lms.course.cohorts.models import Cohort, cohort_tutor
from lms.course.cohorts.permissions import is_lead
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import (
    TUTORS,
    among,
    can_judge,
    sees_everything,
)
from lms.review.calibration.models import Calibration
from lms.review.reviews.models import Review
from lms.work.submissions.models import Attempt, Submission, stands


def scorable_revisions(user: User) -> sa.Select[Revision]:
    """Tutors score what is read, and what was answered; drafts are nobody's yet."""
    answered = sa.exists().where(Attempt.revision_id == Revision.id)
    return (
        sa.select(Revision)
        .join(Module, Module.id == Revision.module_id)
        .where(Revision.has_samples, sa.literal(can_judge(user)))
        .where(sa.or_(Module.current_revision_id == Revision.id, answered))
    )


def overseen_tutors(user: User) -> sa.Select[User]:
    """Whom one may compare with the author: admins all, a lead tutor the colleagues."""
    led = sa.select(Cohort.id).where(is_lead(user))
    colleagues = sa.select(cohort_tutor.c.user_id).where(
        cohort_tutor.c.cohort_id.in_(led)
    )
    return sa.select(User).where(
        among(TUTORS), sa.or_(sees_everything(user), User.id.in_(colleagues))
    )


def unscored_samples(user: User) -> sa.ScalarSelect[int]:
    """Tell of a work the revision whose samples a tutor scores before it, if any.

    It is asked once for a rubric, and not of somebody who has judged by it already.
    """
    newest = sa.select(sa.func.max(Attempt.id)).correlate(Submission)
    newest = newest.where(Attempt.submission_id == Submission.id, stands())
    answered, judged = aliased(Attempt), aliased(Revision)
    has_scored = sa.exists().where(
        Calibration.tutor_id == user.id, *_same_measure(Calibration)
    )
    has_judged = (
        sa.exists()
        .where(Review.tutor_id == user.id, Review.attempt_id == Attempt.id)
        .where(Attempt.revision_id == judged.id, *_same_measure(judged))
        .correlate(Revision)
    )
    return (
        sa.select(Revision.id)
        .join(answered, answered.revision_id == Revision.id)
        .where(answered.id == newest.scalar_subquery())
        .where(Revision.has_samples, ~has_scored, ~has_judged)
        .correlate(Submission)
        .scalar_subquery()
    )


def _same_measure(thing: type[Calibration | Revision]) -> list[sa.ColumnElement[bool]]:
    return [
        thing.module_id == Revision.module_id,
        thing.rubric_hash == Revision.rubric_hash,
    ]
