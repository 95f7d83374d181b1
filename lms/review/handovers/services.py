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
from lms.review.reviews.drafts import share_drafts
from lms.review.reviews.leases import move_lease
from lms.review.reviews.models import Lease
from lms.review.reviews.pending import is_decided, refuse_decided
from lms.review.reviews.permissions import reviewable_works, reviewers_of
from lms.work.submissions.models import Status, Submission
from lms.work.submissions.services import lock_work

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
    lock_work(submission)
    refuse_decided(submission, by=tutor)
    if not move_lease(submission, tutor, to=colleague, term=KEPT, handed_by=tutor):
        raise RuleError("Эта работа уже не у вас, передать её нельзя.")
    share_drafts([submission.id], tutor, colleague)
    facts = {"кому": colleague.full_name}
    record(tutor.id, "проверка передана", submission, after=facts)
    db.session.commit()
    logger.info("submission %s: handed to user %s", submission.id, colleague.id)


def hand_over_all(tutor: User, *, colleague: User) -> int:
    """Give everything to a colleague before an absence; return how many works.

    Works on the desk go now, and works that were returned come to the colleague
    when their teams send them again. What the colleague may not judge stays, and so
    does what is decided and goes out in a moment. Works come before leases, as
    wherever both are locked.
    """
    _lock_works_of(tutor)
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
        .where(Lease.submission_id.in_(allowed.where(~is_decided())))
        .values(tutor_id=colleague.id, until=utcnow() + KEPT, handed_by_id=tutor.id)
        .returning(Lease.submission_id)
        .execution_options(synchronize_session=False)
    ).all()
    share_drafts(held, tutor, colleague)
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


def _lock_works_of(tutor: User) -> None:
    """Hold all that may change hands, so that nobody decides about it meanwhile."""
    held = sa.select(Lease.submission_id).where(Lease.tutor_id == tutor.id)
    affected = sa.or_(Submission.id.in_(held), sa.and_(*_awaited_by(tutor)))
    locked = sa.select(Submission.id).where(affected).order_by(Submission.id)
    db.session.execute(locked.with_for_update()).all()


def _awaited_by(tutor: User) -> list[sa.ColumnElement[bool]]:
    open_works = Submission.status.in_([Status.WAITING, Status.RETURNED])
    return [Submission.returned_by_id == tutor.id, open_works]
