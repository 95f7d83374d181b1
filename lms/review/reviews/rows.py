"""The lines of the queue: what a tutor sees of each work before opening it."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import day, plural, today
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_judge
from lms.review.reviews.models import Lease, Review
from lms.review.reviews.permissions import reviewable_works
from lms.work.submissions.models import Attempt, Submission


@dataclass(frozen=True)
class Row:
    """A work in the list: its newest version, who has it, what became of it."""

    submission: Submission
    number: int
    lease: Lease | None
    review: Review | None
    is_mine: bool
    came_back: bool
    can_take: bool

    @property
    def due(self) -> str:
        """The due day in words, as far as it matters today."""
        return due_in_words(self.submission)


def due_in_words(submission: Submission) -> str:
    """«срок прошёл 3 дня назад», «срок сегодня», «срок завтра», «срок 20 мая»."""
    if submission.due_on is None:
        return ""
    days = (submission.due_on - today()).days
    if days < 0:
        return f"срок прошёл {plural(-days, 'день', 'дня', 'дней')} назад"
    near = {0: "срок сегодня", 1: "срок завтра"}
    return near.get(days, f"срок {day(submission.due_on)}")


def rows_of(works: Sequence[Submission], user: User) -> list[Row]:
    """Return the lines of one page; four statements whatever the number of works."""
    ids = [work.id for work in works]
    newest = _newest_attempts(ids)
    leases = _leases(ids)
    reviews = _reviews(newest)
    takeable = _takeable(ids, user)
    return [
        Row(
            submission=work,
            number=newest[work.id][1],
            lease=leases.get(work.id),
            review=reviews.get(newest[work.id][0]),
            is_mine=work.id in leases and leases[work.id].tutor_id == user.id,
            came_back=work.is_waiting and work.returned_by_id == user.id,
            can_take=work.is_waiting and work.id in takeable - leases.keys(),
        )
        for work in works
    ]


def _newest_attempts(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Attempts grow in number and in id, so both maxima belong to one attempt."""
    rows = db.session.execute(
        sa.select(
            Attempt.submission_id, sa.func.max(Attempt.id), sa.func.max(Attempt.number)
        )
        .where(Attempt.submission_id.in_(ids))
        .group_by(Attempt.submission_id)
    )
    return {work: (attempt, number) for work, attempt, number in rows}


def _leases(ids: Sequence[int]) -> dict[int, Lease]:
    leases = db.session.scalars(
        sa.select(Lease)
        .where(Lease.submission_id.in_(ids), Lease.until > utcnow())
        .options(joinedload(Lease.tutor), joinedload(Lease.handed_by))
    )
    return {lease.submission_id: lease for lease in leases}


def _reviews(newest: dict[int, tuple[int, int]]) -> dict[int, Review]:
    reviews = db.session.scalars(
        sa.select(Review)
        .where(Review.attempt_id.in_([attempt for attempt, _ in newest.values()]))
        .options(joinedload(Review.tutor))
    )
    return {review.attempt_id: review for review in reviews}


def _takeable(ids: Sequence[int], user: User) -> set[int]:
    if not can_judge(user):
        return set()
    mine = reviewable_works(user).where(Submission.id.in_(ids))
    return set(db.session.scalars(mine.with_only_columns(Submission.id)))
