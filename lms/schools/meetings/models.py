"""Meetings: when a tutor meets whom, and where."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.course.cohorts.models import Cohort
from lms.schools.meetings.wording import when
from lms.schools.teams.models import Team


class Meeting(FromForm, Model):
    """A tutor meets a whole cohort, or one team of it; cancelled ones stay."""

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), index=True)
    # None: for every team of the cohort.
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    link: Mapped[str] = mapped_column(sa.String(500), default="")
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    # Counts the changes: other calendars see by it which copy is newer.
    sequence: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)
    cancelled_at: Mapped[datetime | None]

    cohort: Mapped[Cohort] = relationship()
    team: Mapped[Team | None] = relationship()

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= utcnow()

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_changeable(self) -> bool:
        return not self.is_over and not self.is_cancelled

    @property
    def when(self) -> str:
        """«Среда, 17:00» by the clock of who looks."""
        return when(self.starts_at)

    @property
    def audience(self) -> str:
        """Whom it is for, as staff read it."""
        if self.team is None:
            return "все команды потока"
        return f"{self.team.school.name}, команда «{self.team.name}»"
