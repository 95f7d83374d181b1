"""Cohorts, their calendars and their frozen rule of completion."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model, db
from lms.core.form_keys import FromForm
from lms.core.language import today
from lms.core.personal import DELETED, NAMELESS, Purpose, impersonal, personal
from lms.course.cohorts.calendar import Dates
from lms.course.modules.models import Module
from lms.identity.accounts.models import User

cohort_tutor = sa.Table(
    "cohort_tutor",
    db.metadata,
    sa.Column("cohort_id", sa.ForeignKey("cohort.id"), primary_key=True),
    sa.Column("user_id", sa.ForeignKey("user.id"), primary_key=True),
)


personal(
    cohort_tutor,
    "Потоки, которые вы ведёте",
    Purpose.REVIEW,
    of={"user_id": DELETED},
    of_staff=True,
    told="cohort_id",
)


class CohortState(enum.Enum):
    """Where a cohort is. The value is what people read."""

    PLANNED = "готовится"
    OPEN = "идёт"
    CLOSED = "завершён"


class Cohort(FromForm, Model):
    """School teams that take the course together, by one calendar."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120), unique=True)
    calendar: Mapped[str] = mapped_column(sa.String(40))
    starts_on: Mapped[date]
    state: Mapped[CohortState] = mapped_column(default=CohortState.PLANNED)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    opened_at: Mapped[datetime | None]
    # Takes works over from colleagues and settles what two tutors see differently.
    lead_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    # A work that came back to its team is due so many days later.
    return_days: Mapped[int] = mapped_column(default=7)
    # So many works of a hundred are read by a second tutor; 0: none.
    second_share: Mapped[int] = mapped_column(default=0)
    # More points apart than this, and the lead tutor looks at both.
    second_threshold: Mapped[int] = mapped_column(default=2)
    # Counts up to a hundred by `second_share`; each time it is full, a work is drawn.
    second_counter: Mapped[int] = mapped_column(default=0)
    # `CompletionRule` as JSON (lms/course/cohorts/rule.py), written when it opens.
    rule: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)

    rows: Mapped[list["CalendarRow"]] = relationship(
        back_populates="cohort",
        order_by="CalendarRow.position",
        cascade="all, delete-orphan",
    )
    tutors: Mapped[list[User]] = relationship(
        secondary=cohort_tutor, order_by=User.full_name
    )
    lead: Mapped[User | None] = relationship()

    @property
    def is_planned(self) -> bool:
        return self.state is CohortState.PLANNED

    @property
    def is_open(self) -> bool:
        return self.state is CohortState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state is CohortState.CLOSED

    @property
    def dates(self) -> list[Dates]:
        """The calendar as plain rows."""
        return [Dates(row.module.slug, row.opens_on, row.due_on) for row in self.rows]

    @property
    def opens_later(self) -> date | None:
        """The day of the first lesson while it is still to come."""
        first = min((row.opens_on for row in self.rows), default=None)
        return first if first and first > today() else None


personal(
    Cohort,
    "Потоки, в которых вы ведущий тьютор",
    Purpose.REVIEW,
    of={"lead_id": NAMELESS},
    of_staff=True,
    told="name",
    plain=(
        "id calendar starts_on state created_at opened_at return_days "
        "second_share second_threshold second_counter rule form_key"
    ),
    called="name",
)


class CalendarRow(Model):
    """When a module opens for a cohort and when its work is due."""

    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), primary_key=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"), primary_key=True)
    position: Mapped[int]
    opens_on: Mapped[date]
    due_on: Mapped[date | None]

    cohort: Mapped[Cohort] = relationship(back_populates="rows")
    module: Mapped[Module] = relationship()

    @property
    def is_behind(self) -> bool:
        """Tell whether the day is over by which the work was due."""
        return self.due_on is not None and self.due_on < today()

    @property
    def is_under_way(self) -> bool:
        """Tell whether the work can be done now, and is due."""
        has_deadline = self.due_on is not None and not self.is_behind
        return has_deadline and self.opens_on <= today()


impersonal(CalendarRow, "cohort_id module_id position opens_on due_on")
