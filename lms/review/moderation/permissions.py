"""Who reads which judged work again, and who sees both readings."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import is_lead
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import (
    TUTORS,
    among,
    can_administer,
    can_judge,
    sees_everything,
)
from lms.review.moderation.models import Kind, Opinion, Reading, Settlement
from lms.review.reviews.models import Review
from lms.review.reviews.permissions import reviewable_works, works_to_read_blind
from lms.work.submissions.models import Attempt, Submission, is_newest
from lms.work.submissions.permissions import ever_wrote


def readable(user: User) -> sa.Select[Reading]:
    """What a tutor may read now: nobody has, and the team sent nothing newer.

    A new look shows the decision before, so a second reading comes first.
    """
    works = reviewable_works(user).with_only_columns(Submission.id)
    is_blind = Attempt.submission_id.in_(works_to_read_blind(user))
    return (
        sa.select(Reading)
        .join(Reading.review)
        .join(Review.attempt)
        .where(Attempt.submission_id.in_(works), is_newest())
        .where(sa.case((Reading.kind == Kind.SECOND, is_blind), else_=~is_blind))
        .where(~sa.exists().where(Opinion.reading_id == Reading.id))
    )


def blind_reading_of(submission: Submission, user: User) -> Reading | None:
    """Return the second reading that keeps a work's decision from a tutor.

    What waits has no decision yet that could be kept.
    """
    if not can_judge(user) or submission.is_waiting:
        return None
    here = readable(user).where(Attempt.submission_id == submission.id)
    return db.session.scalar(here.where(Reading.kind == Kind.SECOND))


def finished(user: User) -> sa.Select[Reading]:
    """What a person has read, and what others have read after this person."""
    mine = sa.or_(Opinion.reader_id == user.id, Review.tutor_id == user.id)
    return _read().where(mine)


def comparable(user: User) -> sa.Select[Reading]:
    """Both readings side by side are for the two, their lead tutor and admins."""
    mine = sa.or_(
        sees_everything(user),
        Opinion.reader_id == user.id,
        Review.tutor_id == user.id,
        is_lead(user),
    )
    return _read().where(Reading.kind == Kind.SECOND, mine)


def unsettled(user: User) -> sa.Select[Reading]:
    """Differences that a person settles; nobody settles one's own.

    Admins have those which no lead tutor can settle: there is none, or it is one of
    the two, or somebody of the team, or the access is closed.
    """
    mine = is_lead(user)
    if can_administer(user):
        mine = sa.or_(mine, ~_has_lead())
    return (
        _read()
        .where(Opinion.differs, mine)
        .where(Opinion.reader_id != user.id, Review.tutor_id != user.id)
        .where(~ever_wrote(user.id))
        .where(~sa.exists().where(Settlement.reading_id == Reading.id))
    )


def can_settle(user: User, reading: Reading) -> bool:
    """Tell whether a difference is this person's to settle."""
    here = unsettled(user).where(Reading.id == reading.id)
    return bool(db.session.scalar(sa.select(here.exists())))


def _has_lead() -> sa.ColumnElement[bool]:
    """Tell of a difference whether its cohort has a lead tutor to settle it."""
    exists = sa.exists().where(
        User.id == Cohort.lead_id,
        among(TUTORS),
        User.id.not_in([Opinion.reader_id, Review.tutor_id]),
        ~ever_wrote(User.id),
    )
    return exists.correlate(Cohort, Opinion, Review, Submission)


def _read() -> sa.Select[Reading]:
    return (
        sa.select(Reading)
        .join(Reading.opinion)
        .join(Reading.review)
        .join(Review.attempt)
        .join(Attempt.submission)
        .join(Submission.cohort)
    )
