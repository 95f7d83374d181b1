"""Taking back: what was sent becomes a draft again, until a tutor has taken it."""

import logging

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.review.reviews.models import Lease
from lms.work.submissions.models import Attempt, Status, Submission, Withdrawal
from lms.work.submissions.services import attempts_of, lock_work_in
from lms.work.submissions.signals import attempt_withdrawn
from lms.work.ticks.services import give_ticks_back

logger = logging.getLogger(__name__)

NOT_WAITING = "Работа уже не ждёт проверки, забирать нечего."
TAKEN = "Тьютор уже взял работу, забрать её нельзя. Дождитесь ответа."


def withdraw_attempt(submission: Submission, number: int, *, member: User) -> None:
    """Open the draft again; the attempt stays in the history and counts nowhere.

    The page names the version: a second press, or a page left open, takes back
    nothing that was sent later. A tutor who takes the work locks the same row.
    """
    if not submission.cohort.is_open:
        raise RuleError("Поток завершён, забрать работу уже нельзя.")
    lock_work_in(submission, {Status.WAITING}, refusal=NOT_WAITING)
    newest, *earlier = attempts_of(submission)
    if newest.number != number:
        db.session.rollback()
        raise RuleError("После этой версии уже отправили другую. Обновите страницу.")
    if is_taken(submission):
        db.session.rollback()
        raise RuleError(TAKEN)
    db.session.add(Withdrawal(attempt_id=newest.id, withdrawn_by_id=member.id))
    _open_draft(submission, newest, earlier)
    attempt_withdrawn.send(newest)
    person_acted.send(member)
    db.session.commit()
    logger.info("submission %s: attempt %s withdrawn", submission.id, number)


def is_taken(submission: Submission) -> bool:
    """Tell whether a tutor has the work, or had it and never put it back."""
    lease = sa.exists().where(Lease.submission_id == submission.id)
    return bool(db.session.scalar(sa.select(lease)))


def _open_draft(
    submission: Submission, withdrawn: Attempt, earlier: list[Attempt]
) -> None:
    """Put the work where it stood before; texts and files have never left it."""
    before = earlier[0] if earlier else None
    submission.status = Status.RETURNED if before else Status.DRAFT
    submission.sent_at = before.sent_at if before else None
    if before:
        give_ticks_back(withdrawn, to=before)
