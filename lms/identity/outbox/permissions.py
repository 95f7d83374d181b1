"""Who sees where letters are."""

import sqlalchemy as sa

from lms.core.jobs import Job
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import sees_everything
from lms.outcomes.certificates.models import Certificate
from lms.outcomes.certificates.permissions import certificates_kept_from
from lms.review.reviews.models import Review
from lms.review.reviews.permissions import works_to_read_blind
from lms.work.submissions.models import Attempt

# How the keys of letters about a review begin; see lms/review/reviews.
LETTERS_OF_REVIEW = ("review:", "reversal:")
# How those of letters about a certificate do; its number follows.
LETTERS_OF_CERTIFICATE = "certificate-%-"


def visible_jobs(user: User) -> sa.Select[Job]:
    """Admins see every job, the newest first; nobody else sees any.

    The letters about a review name the decision, and those about a certificate tell of
    it, so an admin who may have to read the work a second time sees them afterwards.
    """
    return (
        sa.select(Job)
        .where(sees_everything(user))
        .where(~_is_of_kept_review(user), ~_is_of_kept_certificate(user))
        .order_by(Job.id.desc())
    )


def _is_of_kept_review(user: User) -> sa.ColumnElement[bool]:
    keys = (
        sa.literal(prefix) + sa.cast(Review.id, sa.String) + sa.literal(":%")
        for prefix in LETTERS_OF_REVIEW
    )
    return (
        sa.exists()
        .where(Review.attempt_id == Attempt.id)
        .where(Attempt.submission_id.in_(works_to_read_blind(user)))
        .where(sa.or_(*(Job.key.like(key) for key in keys)))
        .correlate(Job)
    )


def _is_of_kept_certificate(user: User) -> sa.ColumnElement[bool]:
    return (
        sa.exists()
        .where(Certificate.id.in_(certificates_kept_from(user)))
        .where(Job.key.like(LETTERS_OF_CERTIFICATE + Certificate.number))
        .correlate(Job)
    )
