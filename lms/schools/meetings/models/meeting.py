"""Meetings: when a tutor meets whom and where, and what is left of it."""

import enum
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import DELETED, NAMELESS, Purpose, personal
from lms.core.storage import NamedFile
from lms.course.cohorts.models import Cohort
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.schools.meetings.wording import when
from lms.schools.teams.models import Team
from lms.schools.territories.models import Territory

# What is heard or seen again, apart from papers.
RECORDED = "video/", "audio/"


class MeetingKind(enum.Enum):
    """What people meet for. The value is what people read."""

    MEETING = "встреча"
    WEBINAR = "вебинар"
    VISIT = "взаимопосещение"


class Meeting(FromForm, Model):
    """A tutor meets a cohort, its schools of a territory, or one team of it.

    Cancelled ones stay. A webinar on a module may count for the certificate, as the
    rule of the cohort says.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), index=True)
    # None: for every team of the cohort.
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"), index=True)
    # None: for the schools of every territory.
    territory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("territory.id"))
    kind: Mapped[MeetingKind] = mapped_column(default=MeetingKind.MEETING)
    module_id: Mapped[int | None] = mapped_column(sa.ForeignKey("module.id"))
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
    # What stays of it: a text as it was typed and as it is shown, and the recording.
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    summary_html: Mapped[str] = mapped_column(sa.Text, default="")
    recording_url: Mapped[str] = mapped_column(sa.String(500), default="")
    # When somebody has told first that the link leads nowhere.
    recording_lost_at: Mapped[datetime | None]
    # When it was told last who came, and how many came whom nobody knows.
    attended_at: Mapped[datetime | None]
    guests: Mapped[int] = mapped_column(default=0)

    cohort: Mapped[Cohort] = relationship()
    created_by: Mapped[User] = relationship()
    team: Mapped[Team | None] = relationship()
    territory: Mapped[Territory | None] = relationship()
    module: Mapped[Module | None] = relationship()
    files: Mapped[list["MeetingFile"]] = relationship(order_by="MeetingFile.id")

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= utcnow()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= utcnow()

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_changeable(self) -> bool:
        return not self.is_over and not self.is_cancelled

    @property
    def is_correctable(self) -> bool:
        """Tell of one written down after it was held, until it is told who came.

        What is in a closed cohort stays as it is.
        """
        is_late = self.created_at >= self.ends_at
        is_open = self.attended_at is None and not self.cohort.is_closed
        return is_late and is_open and not self.is_cancelled

    @property
    def when(self) -> str:
        """«Среда, 17:00» by the clock of who looks."""
        return when(self.starts_at)

    @property
    def when_inside(self) -> str:
        """«среда, 17:00», inside a sentence."""
        return self.when[:1].lower() + self.when[1:]

    @property
    def audience(self) -> str:
        """Whom it is for, as staff read it."""
        if self.territory:
            return f"школы территории «{self.territory.name}»"
        if self.team is None:
            return "все команды потока"
        return f"{self.team.school.name}, команда «{self.team.name}»"

    @property
    def recordings(self) -> list["MeetingFile"]:
        return [file for file in self.files if file.is_recording]

    @property
    def has_recording(self) -> bool:
        return bool(self.recording_url or self.recordings)


personal(
    Meeting,
    "Встречи, которые вы назначили",
    Purpose.STUDY,
    of={"created_by_id": NAMELESS},
    of_staff=True,
    told="title starts_at place summary created_at",
    words={"summary": "итоги", "created_at": "когда назначили"},
    free="title place summary summary_html",
    plain=(
        "id cohort_id team_id territory_id kind module_id link minutes "
        "sequence changed_at cancelled_at recording_url recording_lost_at "
        "attended_at guests form_key"
    ),
    called="title",
)


class MeetingFile(NamedFile, Model):
    """A paper of a meeting, or its recording."""

    __table_args__ = (sa.UniqueConstraint("meeting_id", "sha256", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    uploaded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    uploaded_at: Mapped[datetime] = mapped_column(default=utcnow)

    @property
    def is_recording(self) -> bool:
        return self.media_type.startswith(RECORDED)


personal(
    MeetingFile,
    "Материалы встреч, которые вы загрузили",
    Purpose.STUDY,
    of={"uploaded_by_id": NAMELESS},
    of_staff=True,
    told="meeting_id name uploaded_at",
    files={"sha256": "name"},
    free="name",
    plain="id media_type size",
)


class MeetingReply(Model):
    """What a person has said beforehand: «Буду» or «Не смогу»."""

    meeting_id: Mapped[int] = mapped_column(
        sa.ForeignKey("meeting.id"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        sa.ForeignKey("user.id"), primary_key=True, index=True
    )
    comes: Mapped[bool]
    replied_at: Mapped[datetime] = mapped_column(default=utcnow)


personal(
    MeetingReply,
    "Ваши ответы, придёте ли на встречу",
    Purpose.STUDY,
    of={"user_id": DELETED},
    told="meeting_id comes replied_at",
)
