"""Whether a work was accepted again after a card was made of it."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from lms.core.extensions import db
from lms.network.practices.models import Practice
from lms.network.practices.permissions import IS_PUBLIC
from lms.review.reviews.models import Reversal, Review, Verdict
from lms.work.submissions.models import Attempt, stands


@dataclass(frozen=True)
class NewerEdition:
    """A later attempt that was accepted, and its card, if that is public."""

    attempt: Attempt
    practice: Practice | None


def newer_edition(practice: Practice) -> NewerEdition | None:
    """Return what was accepted of the same work later; the card stays what it was."""
    later = aliased(Attempt)
    accepted = sa.or_(
        Review.verdict == Verdict.ACCEPTED, Reversal.review_id.is_not(None)
    )
    row = db.session.execute(
        sa.select(later, Practice)
        .join(Review, Review.attempt_id == later.id)
        .outerjoin(Reversal, Reversal.review_id == Review.id)
        .outerjoin(Practice, sa.and_(Practice.attempt_id == later.id, IS_PUBLIC))
        .where(later.submission_id == practice.attempt.submission_id, stands(later))
        .where(later.number > practice.attempt.number, accepted)
        .order_by(later.number.desc())
        .limit(1)
    ).one_or_none()
    return NewerEdition(row[0], row[1]) if row else None
