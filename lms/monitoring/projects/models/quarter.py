"""A project as it was when its school closed a quarter."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.periods import Quarter
from lms.core.personal import NAMELESS, Purpose, personal
from lms.identity.accounts.models import User


class QuarterSnapshot(Immutable, Model):
    """The project as it was when its school closed a quarter."""

    __table_args__ = (sa.UniqueConstraint("project_id", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"))
    # The first day of the quarter.
    starts_on: Mapped[date]
    rows: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    taken_on: Mapped[date]
    taken_at: Mapped[datetime] = mapped_column(default=utcnow)
    taken_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))

    taken_by: Mapped[User] = relationship()

    @property
    def quarter(self) -> Quarter:
        return Quarter.of(self.starts_on)

    @property
    def title(self) -> str:
        return self.quarter.label


personal(
    QuarterSnapshot,
    "Кварталы проекта школы, которые вы закрыли",
    Purpose.TERRITORY,
    of={"taken_by_id": NAMELESS},
    told="project_id starts_on taken_at",
    free="rows",
    plain="id taken_on",
)
