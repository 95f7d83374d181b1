"""Requests for more days, and what became of them."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.identity.accounts.models import User
from lms.review.reviews.models import Reversal, Review
from lms.work.submissions.models import Attempt, Submission


class DeferralState(enum.Enum):
    """What became of a request. The value is what people read."""

    OPEN = "ждёт ответа"
    GRANTED = "срок продлён"
    DECLINED = "срок остался прежним"
    WITHDRAWN = "команда отозвала просьбу"
    SETTLED = "не понадобилась: работу отправили или зачли раньше ответа"


class Deferral(Model):
    """A team asks that a work be due later, and is answered once."""

    __table_args__ = (
        # A work has one request at a time.
        sa.Index(
            "uq_deferral_open",
            "submission_id",
            unique=True,
            sqlite_where=sa.text("state = 'OPEN'"),
            postgresql_where=sa.text("state = 'OPEN'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), index=True
    )
    state: Mapped[DeferralState] = mapped_column(default=DeferralState.OPEN)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    # The due day when the team asked, and the one that it would like.
    due_on: Mapped[date]
    wanted_on: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.Text)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    granted_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")

    submission: Mapped[Submission] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    @property
    def is_open(self) -> bool:
        return self.state is DeferralState.OPEN

    @property
    def is_granted(self) -> bool:
        return self.state is DeferralState.GRANTED

    @property
    def is_declined(self) -> bool:
        return self.state is DeferralState.DECLINED

    @property
    def is_settled(self) -> bool:
        return self.state is DeferralState.SETTLED


@sa.event.listens_for(Attempt, "after_insert")
def _settle_what_was_sent(
    _mapper: Any, connection: sa.Connection, attempt: Attempt
) -> None:
    """Close the request of a work that is sent, in the same transaction."""
    _settle(connection, attempt.submission_id)


@sa.event.listens_for(Reversal, "after_insert")
def _settle_what_counts_after_all(
    _mapper: Any, connection: sa.Connection, reversal: Reversal
) -> None:
    """Close the request of a work that is accepted without a new version."""
    attempts, reviews = Attempt.__table__, Review.__table__
    work = (
        sa.select(attempts.c.submission_id)
        .join(reviews, reviews.c.attempt_id == attempts.c.id)
        .where(reviews.c.id == reversal.review_id)
    )
    _settle(connection, work.scalar_subquery())


def _settle(connection: sa.Connection, work: Any) -> None:
    requests = Deferral.__table__
    connection.execute(
        sa.update(requests)
        .where(requests.c.submission_id == work)
        .where(requests.c.state == DeferralState.OPEN)
        .values(state=DeferralState.SETTLED, decided_at=utcnow())
    )
