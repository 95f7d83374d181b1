"""Readings that are asked for, and what the readers found."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, personal
from lms.course.modules.models import Revision
from lms.identity.accounts.models import User
from lms.review.reviews.models import Review, Verdict


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

    review: Mapped[Review] = relationship(back_populates="readings")
    revision: Mapped[Revision] = relationship()
    asked_by: Mapped[User | None] = relationship()
    opinion: Mapped["Opinion | None"] = relationship(back_populates="reading")
    settlement: Mapped["Settlement | None"] = relationship(back_populates="reading")

    @property
    def is_second(self) -> bool:
        return self.kind is Kind.SECOND


personal(
    Reading,
    "Вторые чтения, о которых вы попросили",
    Purpose.REVIEW,
    of={"asked_by_id": NAMELESS},
    of_staff=True,
    told="review_id kind asked_at",
    plain="id revision_id rubric_hash",
    called="review_id",
)


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


personal(
    Opinion,
    "Ваши вторые чтения",
    Purpose.REVIEW,
    of={"reader_id": NAMELESS},
    of_staff=True,
    told="reading_id levels points words released_at",
    free="levels words",
    plain="verdict differs",
)


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


personal(
    Settlement,
    "Расхождения, которые вы рассудили",
    Purpose.REVIEW,
    of={"settled_by_id": NAMELESS},
    of_staff=True,
    told="reading_id outcome words settled_at",
    free="words",
)
