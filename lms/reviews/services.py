"""Everything that can happen to a review."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.extensions import db
from lms.reviews.models import Review
from lms.submissions.models import Attempt


def reviews_of(attempts: Iterable[Attempt]) -> dict[int, Review]:
    """Return the released reviews by the id of their attempt."""
    reviews = db.session.scalars(
        sa.select(Review)
        .where(Review.attempt_id.in_([attempt.id for attempt in attempts]))
        .options(joinedload(Review.tutor))
    )
    return {review.attempt_id: review for review in reviews}
