"""Second thoughts about a verdict: it is held back, cancelled, or goes out."""

import logging
from typing import Any

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import enqueue, job
from lms.core.undo import undo_term
from lms.identity.accounts.models import User
from lms.review.reviews.drafts import draft_of
from lms.review.reviews.judgement import Judgement
from lms.review.reviews.leases import prolong
from lms.review.reviews.models import Review, ReviewDraft, Verdict
from lms.review.reviews.permissions import can_review
from lms.review.reviews.services import lock_draw, lock_to_judge, release_review
from lms.work.submissions.models import Attempt, Submission
from lms.work.submissions.services import lock_work

logger = logging.getLogger(__name__)

GONE = "Решение уже ушло команде, отменить его нельзя."
NOT_YOURS = "Вы больше не проверяете эту работу."


def decide(
    attempt: Attempt, judgement: Judgement, *, verdict: Verdict, tutor: User
) -> Review | None:
    """Hold a verdict back for as long as its tutor may undo it, or release it at once.

    What was typed, the verdict and the job that releases it are stored together.
    """
    if not undo_term():
        return release_review(attempt, judgement, verdict=verdict, tutor=tutor)
    lock_to_judge(attempt, judgement, verdict=verdict, tutor=tutor)
    draft = draft_of(attempt, tutor)
    if draft is None:
        draft = ReviewDraft(attempt_id=attempt.id, tutor_id=tutor.id, version=0)
        db.session.add(draft)
    for name, typed in judgement.as_columns.items():
        setattr(draft, name, typed)
    draft.version += 1
    draft.saved_at = utcnow()
    draft.release_at = draft.saved_at + undo_term()
    draft.verdict, draft.refusal = verdict, ""
    key = {"attempt_id": attempt.id, "tutor_id": tutor.id}
    enqueue("review.release", key, run_at=draft.release_at)
    db.session.commit()
    logger.info("attempt %s: verdict of user %s held back", attempt.id, tutor.id)
    return None


def cancel(submission: Submission, *, tutor: User) -> None:
    """Undo a verdict before it goes out, or put one aside that could not."""
    lock_work(submission)
    if not _unset(
        ReviewDraft.tutor_id == tutor.id,
        ReviewDraft.attempt_id.in_(
            sa.select(Attempt.id).where(Attempt.submission_id == submission.id)
        ),
        sa.or_(ReviewDraft.release_at.is_not(None), ReviewDraft.refusal != ""),
    ):
        db.session.rollback()
        raise RuleError(GONE)
    prolong(submission, tutor=tutor)
    db.session.commit()
    logger.info("submission %s: verdict of user %s undone", submission.id, tutor.id)


@job("review.release", "Решение по работе, когда отменить его уже нельзя")
def release_later(payload: dict[str, Any]) -> None:
    """Release a verdict; one that was cancelled, or pressed anew, is left alone."""
    _release(payload["attempt_id"], payload["tutor_id"])


def release_due() -> None:
    """Release every verdict whose moment has come, though no worker may be running."""
    due = db.session.execute(
        sa.select(ReviewDraft.attempt_id, ReviewDraft.tutor_id)
        .where(_is_due())
        .order_by(ReviewDraft.release_at, ReviewDraft.attempt_id, ReviewDraft.tutor_id)
    ).all()
    for attempt_id, tutor_id in due:
        _release(attempt_id, tutor_id)


def _release(attempt_id: int, tutor_id: int) -> None:
    """Release a verdict that is due; what a rule forbids by now stays a draft."""
    found = db.session.get(ReviewDraft, (attempt_id, tutor_id))
    if found is None:
        return
    attempt, tutor = found.attempt, found.tutor
    mine = ReviewDraft.attempt_id == attempt_id, ReviewDraft.tutor_id == tutor_id
    lock_draw(attempt.submission)
    lock_work(attempt.submission)
    verdict = db.session.scalar(sa.select(ReviewDraft.verdict).where(*mine, _is_due()))
    if verdict is None or not _unset(*mine, _is_due()):
        db.session.rollback()
        return
    judgement = Judgement.of(draft_of(attempt, tutor))
    try:
        if tutor.closed_at or not can_review(tutor, attempt.submission):
            raise RuleError(NOT_YOURS)
        release_review(attempt, judgement, verdict=verdict, tutor=tutor)
    except RuleError as error:
        db.session.rollback()
        _unset(*mine, _is_due(), refusal=str(error))
        db.session.commit()
        logger.warning("attempt %s: verdict stays a draft: %s", attempt_id, error)


def _is_due() -> sa.ColumnElement[bool]:
    return ReviewDraft.release_at <= utcnow()


def _unset(*which: sa.ColumnElement[bool], refusal: str = "") -> bool:
    """Take the verdict away from a draft; tell whether there was one."""
    gone = sa.update(ReviewDraft).where(*which)
    values = {"verdict": None, "release_at": None, "refusal": refusal}
    done = db.session.execute(gone.values(**values).returning(ReviewDraft.attempt_id))
    return bool(done.all())
