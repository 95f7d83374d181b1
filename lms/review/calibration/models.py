"""What a tutor gave the sample answers of an assignment."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, personal
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.models import User


class Calibration(Immutable, Model):
    """The levels that a tutor gave, kept once for each rubric of a module.

    A revision that judges by the same rubric asks nothing again.
    """

    __table_args__ = (sa.UniqueConstraint("tutor_id", "module_id", "rubric_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tutor_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"))
    # The one whose samples were scored.
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("revision.id"))
    rubric_hash: Mapped[str] = mapped_column(sa.String(64))
    # [{criterion key: points}], one for each sample in the author's order.
    scores: Mapped[list[Any]]
    calibrated_at: Mapped[datetime] = mapped_column(default=utcnow)

    tutor: Mapped[User] = relationship()
    module: Mapped[Module] = relationship()
    revision: Mapped[Revision] = relationship()


personal(
    Calibration,
    "Как вы оценили примеры",
    Purpose.REVIEW,
    of={"tutor_id": NAMELESS},
    of_staff=True,
    told="module_id scores calibrated_at",
    plain="id revision_id rubric_hash",
)
