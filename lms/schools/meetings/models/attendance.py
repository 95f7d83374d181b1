"""Who was at a meeting, and how that is known."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import DELETED, NAMELESS, Purpose, Term, personal
from lms.identity.accounts.models import User
from lms.schools.meetings.models.meeting import Meeting


class Source(enum.Enum):
    """How it is known that a person took part. The value is what people read."""

    MARK = "отметка"
    LIST = "список"
    # The person did not come and has watched it since.
    RECORDING = "запись"


class Match(enum.Enum):
    """How a line of a list was taken for a person. The value is what people read."""

    EMAIL = "по почте"
    NAME = "по имени"
    CHOICE = "выбрали из похожих"


class Attendance(Model):
    """A person was at a meeting, or has watched its recording."""

    __table_args__ = (sa.UniqueConstraint("meeting_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    source: Mapped[Source]
    # None: from beginning to end, as far as is known.
    minutes: Mapped[int | None]
    matched_by: Mapped[Match | None]
    watched_at: Mapped[datetime | None]
    marked_at: Mapped[datetime] = mapped_column(default=utcnow)

    user: Mapped[User] = relationship()

    @property
    def is_present(self) -> bool:
        return self.source is not Source.RECORDING


personal(
    Attendance,
    "На каких встречах вы были",
    Purpose.CERTIFICATE,
    of={"user_id": NAMELESS},
    told="meeting_id source minutes watched_at",
    plain="id matched_by marked_at",
)


class AttendanceExcuse(Immutable, Model):
    """The certificate asks a person for no webinar of a module any more."""

    __table_args__ = (sa.UniqueConstraint("user_id", "cohort_id", "module_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), index=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"))
    excused_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    excused_at: Mapped[datetime] = mapped_column(default=utcnow)


personal(
    AttendanceExcuse,
    "Вебинары, которые вам зачли без участия",
    Purpose.CERTIFICATE,
    of={"user_id": NAMELESS},
    told="cohort_id module_id reason excused_at",
    others="excused_by_id",
    free="reason",
    plain="id",
)


class AttendanceList(FromForm, Model):
    """A list of who was at a meeting, until it is confirmed: then it is deleted."""

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(sa.String(200))
    # What the list says of each person (lms/schools/meetings/joins.py).
    people: Mapped[list[Any]]
    has_minutes: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    meeting: Mapped[Meeting] = relationship()


personal(
    AttendanceList,
    "Списки явки, которые вы загружали",
    Purpose.CERTIFICATE,
    of={"author_id": DELETED},
    of_staff=True,
    term=Term.NIGHTLY,
    told="meeting_id name created_at",
    names="people",
    plain="id has_minutes form_key",
)
