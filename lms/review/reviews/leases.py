"""Who holds which work: one tutor at a time, for half an hour of silence."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import until
from lms.core.names import short_name
from lms.core.undo import undo_term
from lms.identity.accounts.models import User
from lms.review.reviews.models import Lease
from lms.review.reviews.pending import refuse_decided
from lms.review.reviews.queue import Filters, free_works
from lms.work.submissions.models import Submission
from lms.work.submissions.services import lock_work, was_taken_back

logger = logging.getLogger(__name__)

TERM = timedelta(minutes=30)
JUDGED = "Эта работа уже не ждёт проверки: решение по ней принято."
TAKEN_BACK = (
    "Команда забрала работу, чтобы дописать: решать пока нечего. Когда её отправят"
    " снова, она вернётся в очередь."
)
JUST_SENT = (
    "Работу отправили только что, команда ещё может передумать."
    " Возьмите её через несколько секунд."
)


@dataclass(frozen=True)
class Holding:
    """Whether the work is still the tutor's own, and how to say it."""

    is_mine: bool
    sentence: str


def take_next(tutor: User, filters: Filters | None = None) -> int | None:
    """Take the first free work; return its id, or None when nothing is free.

    Several tutors press at once. The row of a candidate is locked, others pass it
    by (PostgreSQL) or wait for their turn (SQLite has one writer), and the primary
    key of the lease has the last word.
    """
    for lane in free_works(tutor, filters or Filters()):
        candidate = (
            lane.with_only_columns(Submission.id)
            .limit(1)
            .with_for_update(of=Submission, skip_locked=True)
        )
        while (submission_id := db.session.scalar(candidate)) is not None:
            if _hold(submission_id, tutor):
                db.session.commit()
                logger.info("submission %s: taken by user %s", submission_id, tutor.id)
                return submission_id
            db.session.rollback()
    return None


def take(submission: Submission, *, tutor: User) -> None:
    """Take a certain work from the list, if nobody has it."""
    lock_waiting(submission)
    if submission.sent_at and utcnow() < submission.sent_at + undo_term():
        db.session.rollback()
        raise RuleError(JUST_SENT)
    hold(submission, tutor=tutor)
    db.session.commit()
    logger.info("submission %s: taken by user %s", submission.id, tutor.id)


def let_go(submission: Submission, *, tutor: User) -> None:
    """Give a work back to the queue; the draft of the review stays."""
    lock_work(submission)
    refuse_decided(submission, by=tutor)
    gone = db.session.scalar(
        sa.delete(Lease)
        .where(Lease.submission_id == submission.id, Lease.tutor_id == tutor.id)
        .returning(Lease.submission_id)
    )
    if gone is None:
        db.session.rollback()
        raise RuleError("Эта работа уже не у вас: время проверки вышло.")
    db.session.commit()
    logger.info("submission %s: let go by user %s", submission.id, tutor.id)


def lock_waiting(submission: Submission) -> None:
    """Hold a work that waits until the commit, or say why it waits no more."""
    lock_work(submission)
    if not submission.is_waiting:
        refusal = why_not_waiting(submission)
        db.session.rollback()
        raise RuleError(refusal)


def why_not_waiting(submission: Submission) -> str:
    """Say what became of a work since a page was opened: decided, or taken back."""
    return TAKEN_BACK if was_taken_back(submission) else JUDGED


def lease_of(submission: Submission) -> Lease | None:
    """Return who holds a work now, or None."""
    return db.session.scalar(
        sa.select(Lease)
        .where(Lease.submission_id == submission.id, Lease.until > utcnow())
        .options(joinedload(Lease.tutor), joinedload(Lease.handed_by))
        .execution_options(populate_existing=True)
    )


def hold(submission: Submission, *, tutor: User) -> None:
    """Make sure that the tutor has a locked work, or say who has it; no commit."""
    if prolong(submission, tutor=tutor) or _hold(submission.id, tutor):
        return
    holder = who_holds(lease_of(submission))  # afterwards the lease may be gone
    db.session.rollback()
    raise RuleError(f"Работа сейчас на проверке: {holder}.")


def prolong(submission: Submission, *, tutor: User) -> bool:
    """Add half an hour to a lease of the tutor's own; no commit.

    A lease that ran out goes on as well, as long as nobody else took the work.
    """
    prolonged = db.session.scalar(
        sa.update(Lease)
        .where(Lease.submission_id == submission.id, Lease.tutor_id == tutor.id)
        .values(until=utcnow() + TERM, handed_by_id=None)
        .returning(Lease.submission_id)
    )
    return prolonged is not None


def move_lease(
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


def holding(submission: Submission, *, tutor: User) -> Holding:
    """Say where the work is after a draft was kept: with the tutor, or not any more."""
    lease = lease_of(submission)
    db.session.refresh(submission, ["status"])
    if not submission.is_waiting:
        return Holding(False, f"Черновик сохранён. {why_not_waiting(submission)}")
    if lease is None:
        free = "Работа свободна: возьмите её, чтобы вынести решение."
        return Holding(False, f"Черновик сохранён. {free}")
    if lease.tutor_id != tutor.id:
        other = f"Работа сейчас на проверке: {who_holds(lease)}."
        return Holding(False, f"Черновик сохранён. {other}")
    return Holding(True, f"Сохранено. Работа у вас до {until(lease.until)}.")


def who_holds(lease: Lease | None) -> str:
    """«Ольга Ким, до 14:30»; a lease may end while the sentence is written."""
    if lease is None:
        return "у другого тьютора"
    return f"{short_name(lease.tutor.full_name)}, до {until(lease.until)}"


def _hold(submission_id: int, tutor: User) -> bool:
    """Write a lease, or take over one that ran out; tell whether that happened."""
    now = utcnow()
    if _take_over(submission_id, tutor, now):
        return True
    try:
        with db.session.begin_nested():
            db.session.execute(
                sa.insert(Lease).values(
                    submission_id=submission_id, tutor_id=tutor.id, until=now + TERM
                )
            )
    except sa.exc.IntegrityError:
        return False
    return True


def _take_over(submission_id: int, tutor: User, now: datetime) -> bool:
    taken = db.session.scalar(
        sa.update(Lease)
        .where(Lease.submission_id == submission_id, Lease.until <= now)
        .values(tutor_id=tutor.id, until=now + TERM, handed_by_id=None)
        .returning(Lease.submission_id)
    )
    return taken is not None
