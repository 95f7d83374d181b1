"""What schools have measured, and what was said of it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, personal
from lms.core.storage import NamedFile
from lms.identity.accounts.models import User
from lms.monitoring.indicators.models.indicator import (
    Count,
    Indicator,
)
from lms.schools.teams.models import School


class Measurement(Immutable, Model):
    """What was said of a school in a period; a correction is a new row."""

    __table_args__ = (
        # Of two who send at once, one was first and the other is asked again.
        sa.UniqueConstraint("starts_on", "indicator_id", "school_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"))
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"), index=True)
    # The first day of its half-year.
    starts_on: Mapped[date]
    number: Mapped[int]
    numerator: Mapped[int]
    denominator: Mapped[int | None]
    link: Mapped[str] = mapped_column(sa.String(500), default="")
    note: Mapped[str] = mapped_column(sa.String(500), default="")
    sent_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    sent_at: Mapped[datetime] = mapped_column(default=utcnow)

    indicator: Mapped[Indicator] = relationship()
    school: Mapped[School] = relationship()
    sent_by: Mapped[User] = relationship()
    file: Mapped["MeasurementFile | None"] = relationship(back_populates="measurement")
    decisions: Mapped[list["MeasurementDecision"]] = relationship(
        order_by="MeasurementDecision.number"
    )

    @property
    def count(self) -> Count:
        return Count(self.numerator, self.denominator)

    @property
    def decision(self) -> "MeasurementDecision | None":
        """What counts now of what was decided about it."""
        return self.decisions[-1] if self.decisions else None

    @property
    def is_accepted(self) -> bool:
        return self.decision is not None and self.decision.is_accepted

    @property
    def is_returned(self) -> bool:
        return self.decision is not None and not self.decision.is_accepted

    @property
    def is_waiting(self) -> bool:
        return self.decision is None

    @property
    def has_evidence(self) -> bool:
        return bool(self.link) or self.file is not None

    @property
    def state(self) -> str:
        """«прислано», «вернули с вопросом», «принято»."""
        if self.decision is None:
            return "прислано"
        return "принято" if self.decision.is_accepted else "вернули с вопросом"


personal(
    Measurement,
    "Показатели школы, которые вы прислали",
    Purpose.TERRITORY,
    of={"sent_by_id": NAMELESS},
    told="indicator_id school_id numerator denominator link note sent_at",
    free="link note",
    plain="id starts_on number",
)


class MeasurementFile(Immutable, NamedFile, Model):
    """A document that shows where a number comes from."""

    measurement_id: Mapped[int] = mapped_column(
        sa.ForeignKey("measurement.id"), primary_key=True
    )

    measurement: Mapped[Measurement] = relationship(back_populates="file")


personal(
    MeasurementFile,
    "Файлы к показателям, которые вы прислали",
    Purpose.TERRITORY,
    of={"measurement_id.sent_by_id": NAMELESS},
    told="name",
    files={"sha256": "name"},
    free="name",
    plain="media_type size",
)


class MeasurementDecision(Immutable, Model):
    """What a coordinator said after a look at the evidence; the last one counts."""

    measurement_id: Mapped[int] = mapped_column(
        sa.ForeignKey("measurement.id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    is_accepted: Mapped[bool]
    question: Mapped[str] = mapped_column(sa.String(500), default="")
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    decided_at: Mapped[datetime] = mapped_column(default=utcnow)

    decided_by: Mapped[User] = relationship()


personal(
    MeasurementDecision,
    "Показатели, о которых вы решили",
    Purpose.TERRITORY,
    of={"decided_by_id": NAMELESS},
    of_staff=True,
    told="is_accepted question decided_at",
    free="question",
    plain="measurement_id number",
)
