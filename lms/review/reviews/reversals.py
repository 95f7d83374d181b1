"""A returned work that counts after all: a new look, a second reader, an appeal."""

import logging

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.identity.letters.models import Letter
from lms.identity.letters.services import write_letter
from lms.review.reviews.models import Cause, Reversal, Review, Verdict
from lms.review.reviews.signals import decision_reversed
from lms.schools.members.letters import as_member_of
from lms.work.credits.services import credit_people, people_of
from lms.work.submissions.models import Attempt, Status, Submission, is_newest

logger = logging.getLogger(__name__)


def accept_after_all(review: Review, *, cause: Cause, words: str, actor: User) -> None:
    """Accept a work that this review returned; the caller commits, with the reason.

    The one way to it without a new version, and the only way a decision ever turns.
    The team may be mending the work: once it has sent a new version, the review of
    that version decides, and this one is refused.
    """
    submission = review.attempt.submission
    if not _turn(submission, review.attempt):
        db.session.rollback()
        raise RuleError(
            "Эта работа уже не на доработке: её зачли или команда отправила новую"
            " версию. Откройте её заново."
        )
    review.reversal = Reversal(cause=cause, words=words.strip(), decided_by=actor)
    decision_reversed.send(review)
    people = people_of(submission)
    credit_people(submission, people)
    for person in people:
        write_letter(
            person,
            Letter.ACCEPTED,
            f"«{review.attempt.revision.assignment_title}»: зачтено",
            "review/reviews/mail/accepted_after_all.txt",
            key=f"reversal:{review.id}:{person.id}",
            about=as_member_of(submission.team),
            review=review,
            submission=submission,
        )
    before = {"решение": Verdict.RETURNED.value}
    after = {"решение": Verdict.ACCEPTED.value, "основание": cause.value}
    record(
        actor.id,
        "работа зачтена после возврата",
        submission,
        before=before,
        after=after,
    )
    logger.info("submission %s: accepted after all by %s", submission.id, actor.id)


def _turn(submission: Submission, attempt: Attempt) -> bool:
    """Move the work from returned to accepted; tell whether it was there."""
    newest = sa.exists().where(Attempt.id == attempt.id, is_newest())
    turned = db.session.scalar(
        sa.update(Submission)
        .where(Submission.id == submission.id, Submission.status == Status.RETURNED)
        .where(newest)
        .values(status=Status.ACCEPTED, returned_by_id=None, told_at=utcnow())
        .returning(Submission.id)
    )
    return turned is not None
