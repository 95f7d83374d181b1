"""What a team asked to look at again, and what was decided."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import NAMELESS, Purpose, personal
from lms.identity.accounts.models import User
from lms.review.reviews.models import Review


class Decision(enum.Enum):
    """What another tutor decided. The value is what people read."""

    KEPT = "решение оставили"
    CHANGED = "решение изменили: зачтено"


class Appeal(FromForm, Immutable, Model):
    """«Прошу пересмотреть»: once per review, with a reason.

    It stands as long as the version it is about is the newest and returned; a new
    version, or a credit on other grounds, takes it back without a word written here.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"), unique=True)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)

    review: Mapped[Review] = relationship()
    asked_by: Mapped[User] = relationship()
    ruling: Mapped["Ruling | None"] = relationship(back_populates="appeal")


personal(
    Appeal,
    "Ваши просьбы пересмотреть отзыв",
    Purpose.REVIEW,
    of={"asked_by_id": NAMELESS},
    told="review_id reason asked_at",
    free="reason",
    plain="id form_key",
    called="review_id",
)


class Ruling(Immutable, Model):
    """The decision about an appeal; the primary key leaves one.

    A changed decision also makes a `Reversal` of the review, in one transaction.
    """

    appeal_id: Mapped[int] = mapped_column(sa.ForeignKey("appeal.id"), primary_key=True)
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    decision: Mapped[Decision]
    # To the team.
    words: Mapped[str] = mapped_column(sa.Text)
    decided_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)

    appeal: Mapped[Appeal] = relationship(back_populates="ruling")
    decided_by: Mapped[User] = relationship()


personal(
    Ruling,
    "Решения по просьбам пересмотреть",
    Purpose.REVIEW,
    of={"decided_by_id": NAMELESS, "appeal_id.asked_by_id": NAMELESS},
    told="appeal_id decision words decided_at",
    words={"words": "что сказали команде"},
    free="words",
)
