"""Tables of a school's coordinating council; the school is its owner (001:114)."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.language import day
from lms.core.personal import NAMELESS, Purpose, impersonal, personal
from lms.core.storage import NamedFile
from lms.core.together import EditedTogether


class Side(enum.Enum):
    """Whom a member of the council speaks for. The value is what people read."""

    TEACHER = "педагог"
    PARENT = "родитель"
    PUPIL = "учащийся"
    ORGANISATION = "организация"
    SOCIETY = "объединение"


class CouncilMember(EditedTogether, Model):
    """Somebody in the council; who has left stays as its history."""

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"), index=True)
    # Of a pupil the first name alone.
    name: Mapped[str] = mapped_column(sa.String(200))
    # What the person is elsewhere; of a pupil the class.
    position: Mapped[str] = mapped_column(sa.String(200), default="")
    side: Mapped[Side]
    since: Mapped[date | None]
    # The last day; None: is there now.
    left_on: Mapped[date | None]

    @property
    def title(self) -> str:
        """Name the side, where a name need not be read."""
        return self.side.value

    @property
    def is_past(self) -> bool:
        return self.left_on is not None


impersonal(
    CouncilMember,
    "id school_id side since left_on version form_key",
    free="name position",
    called="side",
)


class CouncilMeeting(EditedTogether, Model):
    """A day on which the council met, or is going to."""

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"), index=True)
    held_on: Mapped[date]
    agenda: Mapped[str] = mapped_column(sa.Text, default="")
    decisions: Mapped[str] = mapped_column(sa.Text, default="")

    files: Mapped[list["CouncilFile"]] = relationship(order_by="CouncilFile.id")

    @property
    def title(self) -> str:
        """«12 октября»."""
        return day(self.held_on)


impersonal(
    CouncilMeeting,
    "id school_id held_on version form_key",
    free="agenda decisions",
    called="held_on",
)


class CouncilFile(NamedFile, Model):
    """The minutes of a meeting, or what was handed out there."""

    __table_args__ = (sa.UniqueConstraint("meeting_id", "sha256", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("council_meeting.id"))
    uploaded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    uploaded_at: Mapped[datetime] = mapped_column(default=utcnow)


personal(
    CouncilFile,
    "Протоколы координационного совета, которые вы приложили",
    Purpose.PLAN,
    of={"uploaded_by_id": NAMELESS},
    told="name uploaded_at",
    files={"sha256": "name"},
    plain="id meeting_id media_type size",
    called="name",
)
