"""Tables of pairs: two schools with a goal, and their plan."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.language import day_of_asking, today
from lms.core.personal import impersonal
from lms.schools.teams.models import School

# A pair in whose plan nothing stands for so long is quiet.
QUARTER = timedelta(days=92)


class Pair(FromForm, Model):
    """Two schools that help each other for a while; the smaller id comes first."""

    __table_args__ = (
        sa.CheckConstraint("first_id < second_id", name="two_schools"),
        sa.Index(
            "uq_pair_open",
            "first_id",
            "second_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"))
    second_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"), index=True)
    goal: Mapped[str] = mapped_column(sa.Text)
    signed_on: Mapped[date]
    until: Mapped[date | None]
    closed_at: Mapped[datetime | None]

    first: Mapped[School] = relationship(foreign_keys=first_id)
    second: Mapped[School] = relationship(foreign_keys=second_id)
    events: Mapped[list["PairEvent"]] = relationship(
        primaryjoin="and_(PairEvent.pair_id == Pair.id, PairEvent.removed_at == None)",
        order_by="(PairEvent.begins_on, PairEvent.id)",
        viewonly=True,
    )

    @classmethod
    def is_quiet(cls) -> sa.ColumnElement[bool]:
        """Tell the database to find open pairs without an event for a quarter."""
        since = sa.bindparam(
            None, callable_=lambda: today() - QUARTER, type_=sa.Date(), unique=True
        )
        lately = (
            sa.select(PairEvent.id)
            .where(PairEvent.pair_id == cls.id, PairEvent.removed_at.is_(None))
            .where(PairEvent.last_day() >= since)
            .where(PairEvent.begins_on <= day_of_asking())
        )
        return sa.and_(cls.closed_at.is_(None), cls.signed_on < since, ~lately.exists())

    @property
    def title(self) -> str:
        return f"{self.first.name} и {self.second.name}"

    @property
    def schools(self) -> list[School]:
        return [self.first, self.second]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


impersonal(
    Pair,
    "id first_id second_id signed_on until closed_at form_key",
    free="goal",
)


class PairEvent(FromForm, Model):
    """A row of the plan; a removed one stays for the journal."""

    WORDS = "what", "begins_on", "ends_on", "planned", "outcome"

    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(sa.ForeignKey("pair.id"), index=True)
    what: Mapped[str] = mapped_column(sa.String(300))
    begins_on: Mapped[date]
    # None: it is over on the day on which it begins.
    ends_on: Mapped[date | None]
    planned: Mapped[str] = mapped_column(sa.Text)
    outcome: Mapped[str] = mapped_column(sa.Text, default="")
    removed_at: Mapped[datetime | None]

    @classmethod
    def last_day(cls) -> sa.ColumnElement[date]:
        """Name the day on which an event is over."""
        return sa.func.coalesce(cls.ends_on, cls.begins_on)

    @property
    def title(self) -> str:
        return self.what

    @property
    def is_untold(self) -> bool:
        """Tell an event that is over while nobody said what came of it."""
        return not self.outcome and (self.ends_on or self.begins_on) < today()


impersonal(
    PairEvent,
    "id pair_id begins_on ends_on removed_at form_key",
    free="what planned outcome",
)
