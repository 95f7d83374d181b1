"""The questions of the diagnostics, and who answered them how."""

import enum
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, impersonal, personal
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.schools.teams.models import Position, Team

# As `diagnostics.md` has them.
Form = Literal["a", "b"]
# Key of a question → the chosen option, counted from 0; None: «не знаю».
Answers = Mapping[str, int | None]


class Moment(enum.Enum):
    """When somebody answers. The value is what people read."""

    ENTRY = "вход"
    EXIT = "выход"


class DiagnosticsEdition(Immutable, Model):
    """One state of `diagnostics.md`; cohorts that begin take the newest one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    # The file was taken away: cohorts that begin have none.
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    # `Diagnostics` of lms/course/content/diagnostics.py as JSON.
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


impersonal(DiagnosticsEdition, "id content_hash is_withdrawn content created_at")


class Round(Model):
    """The diagnostics of one cohort: everybody answers the same edition of it."""

    __tablename__ = "diagnostics_round"

    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("diagnostics_edition.id"))
    # When the cohort ended first; a cohort that goes on does not open it again, for
    # people have seen the right answers by then, and others the figures.
    closed_at: Mapped[datetime | None]

    cohort: Mapped[Cohort] = relationship()
    edition: Mapped[DiagnosticsEdition] = relationship()


impersonal(Round, "cohort_id edition_id closed_at", called="cohort_id")


class Sitting(Model):
    """One person answers one form, once; what is finished never changes."""

    __table_args__ = (
        sa.UniqueConstraint(
            "user_id", "cohort_id", "moment", name="uq_sitting_user_cohort_moment"
        ),
        sa.Index("ix_sitting_cohort", "cohort_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("diagnostics_round.cohort_id"))
    # Where and who the person was then: who moves later moves no figure.
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"))
    position: Mapped[Position]
    moment: Mapped[Moment]
    form: Mapped[Form] = mapped_column(sa.String(1))
    # `Answers` as JSON.
    answers: Mapped[dict[str, Any]]
    # How often answers were saved.
    version: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime] = mapped_column(default=utcnow)
    finished_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    team: Mapped[Team] = relationship()
    round: Mapped[Round] = relationship()

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


personal(
    Sitting,
    "Ваши ответы в диагностике",
    Purpose.OUTCOME,
    of={"user_id": NAMELESS},
    told="cohort_id moment answers started_at finished_at",
    plain="id team_id position form version",
)


@sa.event.listens_for(Sitting, "before_update")
def _refuse_changes_of_finished(_mapper: Any, connection: Any, row: Sitting) -> None:
    stored = sa.select(Sitting.finished_at).where(Sitting.id == row.id)
    if connection.scalar(stored):
        raise TypeError(f"{row!r} is finished and never changes")
