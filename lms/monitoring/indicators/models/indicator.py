"""Indicators, and what is aimed at."""

import enum
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.extensions import Model
from lms.core.periods import Period
from lms.core.personal import impersonal
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


impersonal(
    Indicator,
    (
        "id key position title purpose direction unit source counts_people "
        "numerator_text denominator_text valid_from valid_to"
    ),
    called="title",
)


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


impersonal(
    Target,
    (
        "id indicator_id territory_id school_id baseline baseline_on target "
        "due_on version"
    ),
)
