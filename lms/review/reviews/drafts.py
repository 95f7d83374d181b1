"""The draft of a review: kept as it is typed, whoever holds the work by then."""

import logging
from collections.abc import Sequence

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.review.reviews.judgement import Judgement
from lms.review.reviews.leases import prolong
from lms.review.reviews.models import ReviewDraft
from lms.review.reviews.pending import refuse_decided
from lms.work.submissions.models import Attempt
from lms.work.submissions.services import lock_work

logger = logging.getLogger(__name__)


class StaleDraftError(RuleError):
    """The draft was saved in another tab since this page was opened."""


def draft_of(attempt: Attempt, tutor: User) -> ReviewDraft | None:
    """Return what the tutor has typed about an attempt so far."""
    return db.session.get(ReviewDraft, (attempt.id, tutor.id), populate_existing=True)


def save_draft(
    attempt: Attempt, judgement: Judgement, *, base_version: int, tutor: User
) -> int:
    """Keep what is typed and prolong the lease; return the version of the draft.

    The draft is kept also when the work has gone to somebody else meanwhile. Two
    tabs of one tutor write the same draft, so the version in the database, not the
    one on the page, decides.
    """
    _check(judgement)
    lock_work(attempt.submission)
    refuse_decided(attempt.submission, by=tutor)
    prolong(attempt.submission, tutor=tutor)
    version = base_version + 1
    if not _advance(attempt, judgement, base_version, tutor):
        stored = draft_of(attempt, tutor)
        if stored is None or Judgement.of(stored) != judgement:
            db.session.rollback()
            raise StaleDraftError(
                "Этот отзыв вы уже сохранили в другой вкладке, там другой текст."
                " Сравните их: «Сохранить» ещё раз оставит то, что набрано здесь."
            )
        version = stored.version
    db.session.commit()
    logger.info("attempt %s: draft of user %s", attempt.id, tutor.id)
    return version


def _check(judgement: Judgement) -> None:
    remarks = [mark.remark for mark in judgement.marks.values()]
    remarks += [note.text for note in judgement.notes]
    if any(len(remark) > judgement.MAX_REMARK for remark in remarks):
        raise RuleError(
            f"Замечание длиннее {judgement.MAX_REMARK} знаков. Сократите его."
        )
    if len(judgement.summary) > judgement.MAX_SUMMARY:
        raise RuleError(f"Отзыв длиннее {judgement.MAX_SUMMARY} знаков. Сократите его.")
    if len(judgement.notes) > judgement.MAX_NOTES:
        raise RuleError(
            f"К одной работе — не больше {judgement.MAX_NOTES} замечаний к словам."
        )


def _advance(
    attempt: Attempt, judgement: Judgement, base_version: int, tutor: User
) -> bool:
    """Move the draft from `base_version` to the next; tell whether that happened."""
    typed = judgement.as_columns
    if base_version == 0:
        key = {"attempt_id": attempt.id, "tutor_id": tutor.id}
        try:
            with db.session.begin_nested():
                db.session.execute(sa.insert(ReviewDraft).values(**key, **typed))
        except sa.exc.IntegrityError:
            return False
        return True
    moved = db.session.scalar(
        sa.update(ReviewDraft)
        .where(
            ReviewDraft.attempt_id == attempt.id,
            ReviewDraft.tutor_id == tutor.id,
            ReviewDraft.version == base_version,
        )
        .values(version=base_version + 1, saved_at=utcnow(), **typed)
        .returning(ReviewDraft.version)
    )
    return moved is not None


def share_drafts(works: Sequence[int], tutor: User, colleague: User) -> None:
    """Copy the tutor's drafts to a colleague who has typed nothing there yet."""
    theirs = sa.select(ReviewDraft.attempt_id).where(
        ReviewDraft.tutor_id == colleague.id
    )
    attempts = sa.select(Attempt.id).where(Attempt.submission_id.in_(works))
    mine = sa.select(
        ReviewDraft.attempt_id,
        sa.literal(colleague.id),
        ReviewDraft.levels,
        ReviewDraft.notes,
        ReviewDraft.summary,
        sa.literal(1),
        sa.literal(utcnow(), ReviewDraft.saved_at.type),
    ).where(
        ReviewDraft.tutor_id == tutor.id,
        ReviewDraft.attempt_id.in_(attempts),
        ReviewDraft.attempt_id.not_in(theirs),
    )
    key, texts = ["attempt_id", "tutor_id"], ["levels", "notes", "summary"]
    columns = [*key, *texts, "version", "saved_at"]
    db.session.execute(sa.insert(ReviewDraft).from_select(columns, mine))
