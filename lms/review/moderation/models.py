"""Readings that are asked for, and what the readers found."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.course.cohorts.models import Cohort, cohort_tutor
from lms.course.modules.models import Revision
from lms.identity.accounts.models import User
from lms.review.reviews.models import Review, Verdict
from lms.work.submissions.models import Attempt, Submission


class Kind(enum.Enum):
    """Why a work is read again. The value is what people read."""

    NEW_RUBRIC = "новый взгляд"
    SECOND = "второе чтение"


class Outcome(enum.Enum):
    """What the lead tutor makes of a difference. The value is what people read."""

    KEEP = "решение остаётся"
    TALK = "тьюторы поговорят"
    ACCEPT = "работу зачесть"


class Reading(Immutable, Model):
    """Somebody is to look at a judged work again; asked for once.

    It changes nothing for the team by itself, and nothing that was accepted.
    """

    __table_args__ = (sa.UniqueConstraint("review_id", "kind", "rubric_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"))
    kind: Mapped[Kind]
    # Whose rubric the reader judges by.
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("revision.id"))
    rubric_hash: Mapped[str] = mapped_column(sa.String(64))
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)

    review: Mapped[Review] = relationship(backref="readings")
    revision: Mapped[Revision] = relationship()
    asked_by: Mapped[User | None] = relationship()
    opinion: Mapped["Opinion | None"] = relationship(back_populates="reading")
    settlement: Mapped["Settlement | None"] = relationship(back_populates="reading")

    @property
    def is_second(self) -> bool:
        return self.kind is Kind.SECOND


class Opinion(Immutable, Model):
    """What a reader found; the key lets one reader of two be the first."""

    reading_id: Mapped[int] = mapped_column(
        sa.ForeignKey("reading.id"), primary_key=True
    )
    reader_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    # As in a review: [{key, title, points, max_points, level, remark}].
    levels: Mapped[list[Any]]
    points: Mapped[int]
    # What the points come to by the rubric; not a decision about the work.
    verdict: Mapped[Verdict]
    words: Mapped[str] = mapped_column(sa.Text)
    # By the threshold of that day: the lead tutor looks at both.
    differs: Mapped[bool] = mapped_column(default=False)
    released_at: Mapped[datetime] = mapped_column(default=utcnow)

    reading: Mapped[Reading] = relationship(back_populates="opinion")
    reader: Mapped[User] = relationship(lazy="joined")


class Settlement(Immutable, Model):
    """What became of a difference; the key leaves one."""

    reading_id: Mapped[int] = mapped_column(
        sa.ForeignKey("reading.id"), primary_key=True
    )
    outcome: Mapped[Outcome]
    words: Mapped[str] = mapped_column(sa.Text)
    settled_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    settled_at: Mapped[datetime] = mapped_column(default=utcnow)

    reading: Mapped[Reading] = relationship(back_populates="settlement")
    settled_by: Mapped[User] = relationship(lazy="joined")


@sa.event.listens_for(Review, "after_insert")
def _draw(_mapper: Any, connection: sa.Connection, review: Review) -> None:
    """Draw a share of works for a second reader, when each is first decided about.

    A counter and no dice: of a hundred works exactly the share is drawn, and the
    row of the cohort lets no two reviews count the same step.
    """
    work = connection.execute(_first_decision(review)).one_or_none()
    if work is None:
        return
    share, counter = Cohort.second_share, Cohort.second_counter
    is_full = connection.scalar(
        sa.update(Cohort)
        .where(Cohort.id == work.cohort_id)
        .values(second_counter=(counter + share) % 100)
        .returning(counter < share)
    )
    if is_full:
        facts = {"revision_id": work.revision_id, "rubric_hash": work.rubric_hash}
        row = {"review_id": review.id, "kind": Kind.SECOND, **facts}
        connection.execute(sa.insert(Reading).values(asked_at=utcnow(), **row))


def _first_decision(review: Review) -> sa.Select[Any]:
    """Find the work, if nothing was decided about it and a colleague could read it."""
    earlier, sent = aliased(Review), aliased(Attempt)
    decided = sa.exists().where(
        sent.submission_id == Attempt.submission_id,
        earlier.attempt_id == sent.id,
        earlier.id != review.id,
    )
    colleague = sa.exists().where(
        cohort_tutor.c.cohort_id == Cohort.id,
        cohort_tutor.c.user_id != review.tutor_id,
    )
    return (
        sa.select(Cohort.id.label("cohort_id"), Revision.id.label("revision_id"))
        .add_columns(Revision.rubric_hash)
        .join(Submission, Submission.cohort_id == Cohort.id)
        .join(Attempt, Attempt.submission_id == Submission.id)
        .join(Revision, Revision.id == Attempt.revision_id)
        .where(Attempt.id == review.attempt_id, Cohort.second_share > 0)
        .where(~decided, colleague)
    )
