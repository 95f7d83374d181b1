"""Reviews: who holds a work, what was written, what was decided."""

import enum
from datetime import datetime
from math import ceil
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.personal import DELETED, NAMELESS, Purpose, personal
from lms.identity.accounts.models import User
from lms.work.submissions.models import Attempt, Submission


class Verdict(enum.Enum):
    """What a tutor decided. The value is what people read."""

    ACCEPTED = "зачтено"
    RETURNED = "на доработку"


class Cause(enum.Enum):
    """Why a returned work counts after all. The value is what people read."""

    NEW_LOOK = "новый взгляд"
    SECOND_READER = "второе чтение"
    APPEAL = "пересмотр по просьбе команды"


class Lease(Model):
    """A work is with one tutor until a moment; the primary key is the lock."""

    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), primary_key=True
    )
    tutor_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    until: Mapped[datetime]
    # The colleague who handed the work over, as long as it is not taken up.
    handed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    tutor: Mapped[User] = relationship(foreign_keys=tutor_id)
    handed_by: Mapped[User | None] = relationship(foreign_keys=handed_by_id)
    submission: Mapped[Submission] = relationship()

    @property
    def is_held(self) -> bool:
        return self.until > utcnow()


personal(
    Lease,
    "Работы, которые у вас на проверке",
    Purpose.REVIEW,
    of={"tutor_id": DELETED},
    of_staff=True,
    told="submission_id until",
    words={"until": "до какого времени"},
    others="handed_by_id",
)


class ReviewDraft(Model):
    """What a tutor has typed about an attempt and not released yet.

    It belongs to the tutor and not to the lease, so a lease that ran out takes
    nothing away. `version` counts the saves: a second tab of the same tutor does
    not overwrite the first. A verdict waits here until its moment, or is cancelled.
    """

    attempt_id: Mapped[int] = mapped_column(
        sa.ForeignKey("attempt.id"), primary_key=True
    )
    tutor_id: Mapped[int] = mapped_column(
        sa.ForeignKey("user.id"), primary_key=True, index=True
    )
    # Criterion key → {"points": int | None, "remark": str}.
    levels: Mapped[dict[str, Any]]
    # [{id, field, quote, at, text}]: remarks tied to fragments of the answer.
    notes: Mapped[list[Any]] = mapped_column(default=list)
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(default=utcnow)
    # What was decided and may still be undone, and when it goes out: both, or none.
    verdict: Mapped[Verdict | None]
    release_at: Mapped[datetime | None] = mapped_column(index=True)
    # Why the last verdict could not go out; the tutor reads it, then it is emptied.
    refusal: Mapped[str] = mapped_column(sa.Text, default="")

    attempt: Mapped[Attempt] = relationship()
    tutor: Mapped[User] = relationship()

    @property
    def is_held_back(self) -> bool:
        return self.release_at is not None

    @property
    def seconds_left(self) -> int:
        """For how long the verdict can be cancelled; 0 when its moment has come."""
        if self.release_at is None:
            return 0
        return max(0, ceil((self.release_at - utcnow()).total_seconds()))


personal(
    ReviewDraft,
    "Черновики ваших отзывов",
    Purpose.REVIEW,
    of={"tutor_id": DELETED},
    of_staff=True,
    told="attempt_id levels notes summary saved_at",
    free="levels notes summary",
    plain="version verdict release_at refusal",
)


class Review(Immutable, Model):
    """The released review of an attempt; it never changes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), unique=True)
    tutor_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    verdict: Mapped[Verdict]
    # [{key, title, points, max_points, level, remark}] in the rubric's order.
    levels: Mapped[list[Any]]
    # As in the draft: [{id, field, quote, at, text}].
    notes: Mapped[list[Any]] = mapped_column(default=list)
    points: Mapped[int]
    summary: Mapped[str] = mapped_column(sa.Text)
    released_at: Mapped[datetime] = mapped_column(default=utcnow)

    attempt: Mapped[Attempt] = relationship()
    tutor: Mapped[User] = relationship()
    # Joined, because no page shows a verdict without what became of it.
    reversal: Mapped["Reversal | None"] = relationship(
        back_populates="review", lazy="joined"
    )
    # `Reading` of lms/review/moderation/models.py: who read the work again.
    readings: Mapped[list[Any]] = relationship("Reading", back_populates="review")

    @property
    def outcome(self) -> Verdict:
        """What counts now: a returned work may have been accepted after all."""
        return Verdict.ACCEPTED if self.reversal else self.verdict


personal(
    Review,
    "Отзывы: о работах, которые отправили вы, и написанные вами",
    Purpose.REVIEW,
    of={"tutor_id": NAMELESS, "attempt_id.sent_by_id": NAMELESS},
    told="attempt_id verdict levels notes points summary released_at",
    free="levels notes summary",
    plain="id",
    called="attempt_id",
)


class Reversal(Immutable, Model):
    """A returned work counts after all; the review stays as it was written."""

    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"), primary_key=True)
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    cause: Mapped[Cause]
    # To the team.
    words: Mapped[str] = mapped_column(sa.Text)
    decided_at: Mapped[datetime] = mapped_column(default=utcnow)

    review: Mapped[Review] = relationship(back_populates="reversal")
    decided_by: Mapped[User] = relationship(lazy="joined")


personal(
    Reversal,
    "Решения зачесть после пересмотра",
    Purpose.REVIEW,
    of={"decided_by_id": NAMELESS, "review_id.attempt_id.sent_by_id": NAMELESS},
    told="review_id cause words decided_at",
    words={"words": "что сказали команде"},
    free="words",
)
