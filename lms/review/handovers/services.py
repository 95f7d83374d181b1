"""Giving works away: what goes, to whom, and what the colleague finds."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.review.reviews.leases import TERM, lease_of
from lms.review.reviews.models import Lease, ReviewDraft
from lms.review.reviews.permissions import reviewable_works, reviewers_of
from lms.work.submissions.models import Attempt, Status, Submission

logger = logging.getLogger(__name__)

# A colleague is not at the desk right now, so the work is kept for a day.
KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class OpenWork:
    """What one tutor would leave behind: works on the desk, and works to come back."""

    held: int
    awaited: int


def hand_over(submission: Submission, *, tutor: User, colleague: User) -> None:
    """Give a work that the tutor holds to a colleague, with what is typed so far."""
    if colleague not in colleagues_for(submission, tutor):
        raise RuleError("Этот коллега не может проверить эту работу. Выберите другого.")
    if not _move_lease(submission, tutor, to=colleague, term=KEPT, handed_by=tutor):
        raise RuleError("Эта работа уже не у вас, передать её нельзя.")
    _share_drafts([submission.id], tutor, colleague)
    facts = {"кому": colleague.full_name}
    record(tutor.id, "проверка передана", submission, after=facts)
    db.session.commit()
    logger.info("submission %s: handed to user %s", submission.id, colleague.id)


def take_over(submission: Submission, *, lead: User) -> None:
    """Take a work off a colleague's desk, with what is typed there so far."""
    lease = lease_of(submission)
    if lease is None:
        raise RuleError("Работа уже свободна: возьмите её как обычно.")
    holder = lease.tutor
    if not _move_lease(submission, holder, to=lead, term=TERM):
        raise RuleError("Работа перешла к другому тьютору. Посмотрите, у кого она.")
    _share_drafts([submission.id], holder, lead)
    record(lead.id, "проверка забрана", submission, before={"у кого": holder.full_name})
    db.session.commit()
    logger.info("submission %s: taken over by user %s", submission.id, lead.id)


def hand_over_all(tutor: User, *, colleague: User) -> int:
    """Give everything to a colleague before an absence; return how many works.

    Works on the desk go now, and works that were returned come to the colleague
    when their teams send them again. What the colleague may not judge stays. Works
    come before leases, as wherever both are locked.
    """
    allowed = reviewable_works(colleague).with_only_columns(Submission.id)
    awaited = db.session.scalars(
        sa.update(Submission)
        .where(*_awaited_by(tutor), Submission.id.in_(allowed))
        .values(returned_by_id=colleague.id)
        .returning(Submission.id)
        .execution_options(synchronize_session=False)
    ).all()
    held = db.session.scalars(
        sa.update(Lease)
        .where(Lease.tutor_id == tutor.id, Lease.until > utcnow())
        .where(Lease.submission_id.in_(allowed))
        .values(tutor_id=colleague.id, until=utcnow() + KEPT, handed_by_id=tutor.id)
        .returning(Lease.submission_id)
        .execution_options(synchronize_session=False)
    ).all()
    _share_drafts(held, tutor, colleague)
    works = {*held, *awaited}
    facts = {"кому": colleague.full_name, "работы": sorted(works)}
    record(tutor.id, "все проверки переданы", tutor, after=facts)
    db.session.commit()
    logger.info("user %s: %s works to user %s", tutor.id, len(works), colleague.id)
    return len(works)


def colleagues_for(submission: Submission, tutor: User) -> Sequence[User]:
    """Return who else may judge a work, by name."""
    others = reviewers_of(submission).where(User.id != tutor.id)
    return db.session.scalars(others).all()


def open_work_of(tutor: User) -> OpenWork:
    """Count what a tutor would hand over."""
    held = sa.select(sa.func.count()).where(
        Lease.tutor_id == tutor.id, Lease.until > utcnow()
    )
    awaited = sa.select(sa.func.count()).where(*_awaited_by(tutor))
    return OpenWork(db.session.scalar(held) or 0, db.session.scalar(awaited) or 0)


def _move_lease(
    submission: Submission,
    holder: User,
    *,
    to: User,
    term: timedelta,
    handed_by: User | None = None,
) -> bool:
    """Give the holder's lease to somebody else, if it is still the holder's."""
    moved = db.session.scalar(
        sa.update(Lease)
        .where(Lease.submission_id == submission.id, Lease.tutor_id == holder.id)
        .values(
            tutor_id=to.id,
            until=utcnow() + term,
            handed_by_id=handed_by.id if handed_by else None,
        )
        .returning(Lease.submission_id)
    )
    if moved is None:
        db.session.rollback()
    return moved is not None


def _awaited_by(tutor: User) -> list[sa.ColumnElement[bool]]:
    open_works = Submission.status.in_([Status.WAITING, Status.RETURNED])
    return [Submission.returned_by_id == tutor.id, open_works]


def _share_drafts(works: Sequence[int], tutor: User, colleague: User) -> None:
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
