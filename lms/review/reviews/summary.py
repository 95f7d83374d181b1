"""The queue in numbers."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from lms.core.database import moment_of_asking
from lms.core.language import day_of_asking
from lms.identity.accounts.models import User
from lms.review.reviews.models import Lease
from lms.review.reviews.permissions import visible_works
from lms.review.reviews.queue import State
from lms.work.submissions.models import Status, Submission


@dataclass(frozen=True)
class Summary:
    """The queue in numbers."""

    waiting: int
    overdue: int
    mine: int
    others: int
    came_back: int
    oldest_at: datetime | None

    @property
    def free(self) -> int:
        return self.waiting - self.mine - self.others

    @property
    def by_state(self) -> dict[State, int]:
        """How many works each undecided part of the queue has."""
        return {
            State.QUEUE: self.waiting,
            State.FREE: self.free,
            State.MINE: self.mine,
            State.OTHERS: self.others,
        }


def summary_columns(user: User) -> sa.Subquery:
    """Count what a `Summary` holds, for a tutor or everywhere for an admin."""
    lease = sa.and_(
        Lease.submission_id == Submission.id, Lease.until > moment_of_asking()
    )
    waiting = visible_works(user).where(Submission.status == Status.WAITING)

    def count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.count().filter(condition)

    return (
        waiting.outerjoin(Lease, lease)
        .with_only_columns(
            sa.func.count(Submission.id),
            count(Submission.due_on < day_of_asking()),
            count(Lease.tutor_id == user.id),
            count(Lease.tutor_id != user.id),
            count(Submission.returned_by_id == user.id),
            sa.func.min(Submission.sent_at),
        )
        .subquery()
    )
