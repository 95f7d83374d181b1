"""Indicators, what is aimed at, and what schools have measured."""

import enum
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.periods import Period
from lms.core.storage import NamedFile
from lms.identity.accounts.models import User
from lms.schools.teams.models import School
from lms.schools.territories.models import Territory


class Direction(enum.Enum):
    """What a project is judged by; in the words of the programme."""

    TEAM = "школьная команда"
    PARTNERS = "партнерские связи с социумом"
    RESOURCES = "ресурсы"


class Unit(enum.Enum):
    """What kind of figure an indicator is. The value is what people read."""

    SHARE = "доля"
    NUMBER = "число"
    YES_NO = "да/нет"


class Source(enum.Enum):
    """Who says it. The value is what people read."""

    SITE = "сайт"
    SCHOOL = "школа"
    COORDINATOR = "координатор"


class Count(NamedTuple):
    """How many of how many; a plain number has no whole."""

    numerator: int
    denominator: int | None = None


class Indicator(Model):
    """What is counted, in one wording; another wording is another row."""

    __table_args__ = (
        sa.Index(
            "uq_indicator_present",
            "key",
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The same for all wordings; figures of the site are found by it.
    key: Mapped[str] = mapped_column(sa.String(40))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    # What it is for: whoever types a number reads this first.
    purpose: Mapped[str] = mapped_column(sa.String(300))
    direction: Mapped[Direction]
    unit: Mapped[Unit]
    source: Mapped[Source]
    # Numbers of people are hidden when there are few of them.
    counts_people: Mapped[bool] = mapped_column(default=False)
    numerator_text: Mapped[str] = mapped_column(sa.String(200))
    denominator_text: Mapped[str] = mapped_column(sa.String(200), default="")
    # First days of periods: the first with this wording, the first without it.
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @classmethod
    def holds_in(cls, period: Period) -> sa.ColumnElement[bool]:
        """Tell the database to find what is counted in a period."""
        ends_later = sa.or_(cls.valid_to.is_(None), cls.valid_to > period.starts_on)
        return sa.and_(cls.valid_from <= period.starts_on, ends_later)

    @property
    def is_share(self) -> bool:
        return self.unit is Unit.SHARE

    @property
    def is_number(self) -> bool:
        return self.unit is Unit.NUMBER

    @property
    def is_from_site(self) -> bool:
        return self.source is Source.SITE

    @property
    def numbers(self) -> int:
        """How many numbers somebody has to type for it."""
        return 2 if self.is_share else 1


class Target(Model):
    """Where a territory or a school began, and what it wants by when."""

    __table_args__ = (
        sa.UniqueConstraint("indicator_id", "territory_id"),
        sa.UniqueConstraint("indicator_id", "school_id"),
        sa.CheckConstraint(
            "(territory_id IS NULL) <> (school_id IS NULL)", name="owner"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"))
    territory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("territory.id"))
    school_id: Mapped[int | None] = mapped_column(sa.ForeignKey("school.id"))
    # Parts of a hundred where the indicator is a share.
    baseline: Mapped[int | None]
    baseline_on: Mapped[date | None]
    target: Mapped[int | None]
    due_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    territory: Mapped[Territory | None] = relationship()
    school: Mapped[School | None] = relationship()


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


class MeasurementFile(Immutable, NamedFile, Model):
    """A document that shows where a number comes from."""

    measurement_id: Mapped[int] = mapped_column(
        sa.ForeignKey("measurement.id"), primary_key=True
    )

    measurement: Mapped[Measurement] = relationship(back_populates="file")


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
