"""What may happen to a review: it is released once, and never changes."""

import logging
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import plural
from lms.course.cohorts.lock import lock_cohort
from lms.course.content.assignment import Assignment
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.identity.letters.models import Letter
from lms.identity.letters.services import write_letter
from lms.review.reviews.judgement import Judgement
from lms.review.reviews.leases import hold, lock_waiting
from lms.review.reviews.models import Lease, Review, ReviewDraft, Verdict
from lms.review.reviews.signals import review_released
from lms.schools.members.letters import as_member_of
from lms.work.credits.services import credit_people, people_of
from lms.work.submissions.models import Attempt, Status, Submission
from lms.work.submissions.services import (
    assignment_of,
    give_days_after_return,
    newest_number,
)

logger = logging.getLogger(__name__)

OUTCOME = {
    Verdict.ACCEPTED: Status.ACCEPTED,
    Verdict.RETURNED: Status.RETURNED,
}


class UnfinishedError(RuleError):
    """The review lacks something; `problems` are (criterion or "", sentence)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(sentence for _, sentence in problems))
        self.problems = problems


def release_review(
    attempt: Attempt, judgement: Judgement, *, verdict: Verdict, tutor: User
) -> Review:
    """Tell the team what was decided; neither the review nor the verdict changes."""
    assignment = lock_to_judge(attempt, judgement, verdict=verdict, tutor=tutor)
    submission = attempt.submission
    _close(submission, verdict, tutor)
    review = Review(
        attempt_id=attempt.id,
        tutor_id=tutor.id,
        verdict=verdict,
        levels=judgement.levels(assignment),
        notes=judgement.written_notes,
        points=judgement.points,
        summary=judgement.summary.strip(),
    )
    db.session.add(review)
    db.session.flush()
    people = people_of(submission)
    if verdict is Verdict.ACCEPTED:
        credit_people(submission, people)
    _tell(review, submission, people)
    _clear(attempt, tutor)
    review_released.send(review)
    facts = {"решение": verdict.value, "баллы": review.points, "отзыв": review.id}
    record(tutor.id, "решение по работе", submission, after=facts)
    db.session.commit()
    logger.info("submission %s: %s by %s", submission.id, verdict.name, tutor.id)
    return review


def lock_to_judge(
    attempt: Attempt, judgement: Judgement, *, verdict: Verdict, tutor: User
) -> Assignment:
    """Hold a work that this verdict fits, or say why it does not; no commit.

    Two tutors may have the desk open, and a work may have been sent anew while one
    of them was typing. So the database decides who holds the work and whether this
    is still the version that waits.
    """
    assignment = assignment_of(attempt.revision)
    if problems := problems_of(judgement, assignment, verdict):
        raise UnfinishedError(problems)
    submission = attempt.submission
    lock_draw(submission)
    lock_waiting(submission)
    _refuse_older(attempt)
    hold(submission, tutor=tutor)
    return assignment


def lock_draw(submission: Submission) -> None:
    """Hold the counter that draws works for a second reader; before the work's row."""
    if submission.cohort.second_share:
        lock_cohort(submission.cohort)


def problems_of(
    judgement: Judgement, assignment: Assignment, verdict: Verdict
) -> list[tuple[str, str]]:
    """Return what keeps a review from being released, each with its criterion."""
    if missing := judgement.missing(assignment):
        return missing
    enough = judgement.points >= assignment.pass_points
    if verdict is Verdict.ACCEPTED and not enough:
        need = plural(assignment.pass_points, "балл", "балла", "баллов")
        return [
            (
                "",
                f"Для зачёта нужно {need} из {assignment.max_points}, а сейчас"
                f" {judgement.points}. Верните работу на доработку или пересмотрите"
                " уровни.",
            )
        ]
    if verdict is Verdict.RETURNED and enough and not judgement.summary.strip():
        return [
            (
                "",
                "Баллов хватает на зачёт. Чтобы вернуть работу, напишите в общем"
                " отзыве, почему.",
            )
        ]
    if verdict is Verdict.RETURNED and not judgement.has_words:
        return [
            (
                "",
                "Напишите общий отзыв или хотя бы одно замечание: иначе команда не"
                " поймёт, что доработать.",
            )
        ]
    return []


def reviews_of(attempts: Iterable[Attempt]) -> dict[int, Review]:
    """Return the released reviews by the id of their attempt."""
    reviews = db.session.scalars(
        sa.select(Review)
        .where(Review.attempt_id.in_([attempt.id for attempt in attempts]))
        .options(joinedload(Review.tutor))
    )
    return {review.attempt_id: review for review in reviews}


def _refuse_older(attempt: Attempt) -> None:
    if newest_number(attempt.submission) != attempt.number:
        db.session.rollback()
        raise RuleError(
            "Пока вы писали, команда отправила новую версию. Теперь на столе она, а"
            " набранное вами осталось в форме."
        )


def _close(submission: Submission, verdict: Verdict, tutor: User) -> None:
    """Take the work out of the queue; a returned one gets a new due day."""
    returned = verdict is Verdict.RETURNED
    submission.status = OUTCOME[verdict]
    submission.told_at = utcnow()
    submission.returned_by_id = tutor.id if returned else None
    if returned:
        give_days_after_return(submission)


def _tell(review: Review, submission: Submission, people: Iterable[User]) -> None:
    accepted = review.verdict is Verdict.ACCEPTED
    template = "accepted" if accepted else "returned"
    title = review.attempt.revision.assignment_title
    outcome = "зачтено" if accepted else "вернули на доработку"
    for person in people:
        write_letter(
            person,
            Letter.ACCEPTED if accepted else Letter.RETURNED,
            f"«{title}»: {outcome}",
            f"review/reviews/mail/{template}.txt",
            key=f"review:{review.id}:{person.id}",
            reply_to=review.tutor.email,
            about=as_member_of(submission.team),
            review=review,
            submission=submission,
            title=title,
        )


def _clear(attempt: Attempt, tutor: User) -> None:
    """Remove the lease and the tutor's own draft; drafts of others stay theirs."""
    db.session.execute(
        sa.delete(Lease).where(Lease.submission_id == attempt.submission_id)
    )
    db.session.execute(
        sa.delete(ReviewDraft).where(
            ReviewDraft.attempt_id == attempt.id, ReviewDraft.tutor_id == tutor.id
        )
    )
