"""Who reads which judged work again."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from lms.accounts.models import User
from lms.readings.models import Opinion, Reading
from lms.reviews.models import Review
from lms.reviews.permissions import reviewable_works
from lms.submissions.models import Attempt, Submission


def readable(user: User) -> sa.Select[Reading]:
    """What a tutor may read now: nobody has, and the team sent nothing newer."""
    later = aliased(Attempt)
    newer = sa.exists().where(
        later.submission_id == Attempt.submission_id, later.number > Attempt.number
    )
    works = reviewable_works(user).with_only_columns(Submission.id)
    return (
        sa.select(Reading)
        .join(Reading.review)
        .join(Review.attempt)
        .where(sa.literal(user.is_tutor), Attempt.submission_id.in_(works), ~newer)
        .where(~sa.exists().where(Opinion.reading_id == Reading.id))
    )


def finished(user: User) -> sa.Select[Reading]:
    """What a person may look back at: what one has read oneself, an admin all."""
    read = sa.select(Reading).join(Reading.opinion)
    return read if user.is_admin else read.where(Opinion.reader_id == user.id)
