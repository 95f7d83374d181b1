"""Ticks: while the team mends its work, and as they were sent with it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, personal
from lms.identity.accounts.models import User


class Tick(Model):
    """A member holds that one remark to a returned attempt is answered.

    `item` is the key of a line of the checklist (lms/review/reviews/checklist.py).
    """

    attempt_id: Mapped[int] = mapped_column(
        sa.ForeignKey("attempt.id"), primary_key=True
    )
    item: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    ticked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    ticked_at: Mapped[datetime] = mapped_column(default=utcnow)

    ticked_by: Mapped[User] = relationship()


personal(
    Tick,
    "На какие замечания вы ответили",
    Purpose.REVIEW,
    of={"ticked_by_id": NAMELESS},
    told="attempt_id ticked_at",
    plain="item",
)


class SentTick(Immutable, Model):
    """A tick as it was sent: `attempt_id` is the attempt that answers the remark."""

    attempt_id: Mapped[int] = mapped_column(
        sa.ForeignKey("attempt.id"), primary_key=True
    )
    item: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    ticked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    ticked_at: Mapped[datetime]

    ticked_by: Mapped[User] = relationship()


personal(
    SentTick,
    "На какие замечания вы ответили",
    Purpose.REVIEW,
    of={"ticked_by_id": NAMELESS},
    told="attempt_id ticked_at",
    plain="item",
)
