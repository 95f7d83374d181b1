"""Verdicts that are held back: whose they are, and what they forbid meanwhile."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.review.reviews.models import ReviewDraft
from lms.schools.teams.models import Team
from lms.work.submissions.models import Attempt, Submission

DECIDED = (
    "Вы уже приняли решение по этой работе, оно сейчас уйдёт команде. Сначала отмените"
    " его."
)


def pending_of(tutor: User) -> Sequence[ReviewDraft]:
    """Return the tutor's verdicts that wait or could not go out; nobody else's."""
    team = joinedload(ReviewDraft.attempt).joinedload(Attempt.submission)
    return db.session.scalars(
        sa.select(ReviewDraft)
        .where(_is_shown(tutor))
        .order_by(ReviewDraft.saved_at.desc(), ReviewDraft.attempt_id.desc())
        .options(
            team.joinedload(Submission.team).joinedload(Team.school),
            team.joinedload(Submission.user),
        )
    ).all()


def has_pending(tutor: User) -> sa.ColumnElement[bool]:
    """Tell of a tutor whether there are any, as a part of another statement."""
    return sa.exists().where(_is_shown(tutor))


def is_decided(*whose: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Tell of a work whether a verdict about it is held back."""
    return (
        sa.exists()
        .where(ReviewDraft.attempt_id == Attempt.id)
        .where(Attempt.submission_id == Submission.id)
        .where(ReviewDraft.release_at.is_not(None), *whose)
        .correlate(Submission)
    )


def refuse_decided(
    submission: Submission, refusal: str = DECIDED, *, by: User | None = None
) -> None:
    """Refuse what a verdict that is held back forbids; the work is locked before.

    With a tutor only that tutor's verdict counts.
    """
    whose = [ReviewDraft.tutor_id == by.id] if by else []
    found = sa.select(is_decided(*whose)).where(Submission.id == submission.id)
    if db.session.scalar(found):
        db.session.rollback()
        raise RuleError(refusal)


def _is_shown(tutor: User) -> sa.ColumnElement[bool]:
    waits = ReviewDraft.release_at.is_not(None)
    return sa.and_(
        ReviewDraft.tutor_id == tutor.id, sa.or_(waits, ReviewDraft.refusal != "")
    )
