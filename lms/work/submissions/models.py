"""Works on assignments and their attempts: what was sent."""

import enum
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.language import today
from lms.core.personal import NAMELESS, Purpose, personal
from lms.core.storage import NamedFile
from lms.course.cohorts.models import Cohort
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team
from lms.text.stored import stored_html


class Status(enum.Enum):
    """Where a work is on its way. The value is what people read."""

    DRAFT = "черновик"
    WAITING = "ждёт проверки"
    RETURNED = "вернули на доработку"
    ACCEPTED = "зачтено"


# As long as the team writes.
EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})


class Submission(Model):
    """The answer of a team, or of one person, to the assignment of a module."""

    __table_args__ = (
        sa.UniqueConstraint("team_id", "module_id"),
        sa.UniqueConstraint("user_id", "cohort_id", "module_id"),
        sa.CheckConstraint("(team_id IS NULL) <> (user_id IS NULL)", name="owner"),
        sa.Index("ix_submission_queue", "status", "sent_at", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), index=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    status: Mapped[Status] = mapped_column(default=Status.DRAFT)
    # Copied from the calendar with each change there, moved by an extension:
    # the queue sorts by it without looking into three tables.
    due_on: Mapped[date | None]
    sent_at: Mapped[datetime | None]
    # Who returned it last: the next version comes to this tutor first.
    returned_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id"), index=True
    )
    # The task that its draft answers: the one it began with, until the team takes a
    # newer one. None: it began before that was kept, and follows the live one.
    revision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("revision.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    # When its people were last told something: whoever has looked since has no news.
    told_at: Mapped[datetime | None]

    cohort: Mapped[Cohort] = relationship()
    module: Mapped[Module] = relationship()
    revision: Mapped[Revision | None] = relationship()
    team: Mapped[Team | None] = relationship()
    user: Mapped[User | None] = relationship(foreign_keys=user_id)
    attempts: Mapped[list["Attempt"]] = relationship(
        back_populates="submission", order_by="Attempt.number"
    )

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def is_waiting(self) -> bool:
        return self.status is Status.WAITING

    @property
    def is_accepted(self) -> bool:
        return self.status is Status.ACCEPTED

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < today()

    @property
    def owner(self) -> str:
        """«Школа № 12, команда «Опора»», or the name of the one person."""
        if self.team is None:
            return self.user.full_name if self.user else ""
        return f"{self.team.school.name}, команда «{self.team.name}»"


personal(
    Submission,
    "Ваши собственные работы",
    Purpose.REVIEW,
    of={"user_id": NAMELESS},
    told="cohort_id module_id status due_on created_at sent_at",
    words={"created_at": "когда начали"},
    others="returned_by_id",
    plain="id team_id revision_id told_at",
    called="module_id",
)


class Attempt(Immutable, Model):
    """A version of the work as it was sent; it never changes."""

    __table_args__ = (sa.UniqueConstraint("submission_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), index=True
    )
    number: Mapped[int]
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("revision.id"))
    # [{key, label, text, html}] in the order of the form.
    fields: Mapped[list[Any]]
    sent_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    sent_at: Mapped[datetime] = mapped_column(default=utcnow)

    submission: Mapped[Submission] = relationship(back_populates="attempts")
    revision: Mapped[Revision] = relationship()
    sent_by: Mapped[User] = relationship()
    files: Mapped[list["AttemptFile"]] = relationship(order_by="AttemptFile.id")
    withdrawal: Mapped["Withdrawal | None"] = relationship(viewonly=True)

    @property
    def answer(self) -> list[tuple[str, Markup]]:
        """Each field's label and its sanitised HTML, in the order of the form."""
        return [(f["label"], stored_html(f["html"])) for f in self.fields]


personal(
    Attempt,
    "Работы, которые вы отправили на проверку",
    Purpose.REVIEW,
    of={"sent_by_id": NAMELESS},
    told="submission_id number fields sent_at",
    free="fields",
    plain="id revision_id",
    called="submission_id",
)


class Withdrawal(Immutable, Model):
    """An attempt that its people took back before a tutor had it; it counts nowhere."""

    attempt_id: Mapped[int] = mapped_column(
        sa.ForeignKey("attempt.id"), primary_key=True
    )
    withdrawn_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime] = mapped_column(default=utcnow)

    withdrawn_by: Mapped[User] = relationship()


personal(
    Withdrawal,
    "Работы, которые вы взяли назад до проверки",
    Purpose.REVIEW,
    of={"withdrawn_by_id": NAMELESS},
    told="attempt_id withdrawn_at",
)


def stands(attempt: type[Attempt] = Attempt) -> sa.ColumnElement[bool]:
    """Tell of an attempt whether it was not taken back."""
    taken_back = sa.exists().where(Withdrawal.attempt_id == attempt.id)
    return ~taken_back.correlate_except(Withdrawal)


@cache
def is_newest() -> sa.ColumnElement[bool]:
    """Tell of an attempt whether none that stands was sent after it."""
    later = aliased(Attempt)
    return ~sa.exists().where(
        later.submission_id == Attempt.submission_id,
        later.number > Attempt.number,
        stands(later),
    )


class AttemptFile(Immutable, NamedFile, Model):
    """A file as it was sent with an attempt."""

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), index=True)


personal(
    AttemptFile,
    "Файлы отправленных вами работ",
    Purpose.REVIEW,
    of={"attempt_id.sent_by_id": NAMELESS},
    told="attempt_id name",
    files={"sha256": "name"},
    free="name",
    plain="id media_type size",
)
