"""What a school asks of a mentor, and how far it has come."""

import enum
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.language import course_day, today
from lms.core.personal import NAMELESS, Purpose, personal
from lms.identity.accounts.models import User
from lms.network.mentors.models.mentor import Mentor
from lms.schools.teams.models import School


class RequestState(enum.Enum):
    """How far a request has come. The value is what people read."""

    NEW = "новый"
    HANDED = "передан"
    ACCEPTED = "принят"
    DECLINED = "отклонён"
    ARRANGED = "встреча назначена"
    CLOSED = "закрыт"


WAITING = RequestState.NEW, RequestState.HANDED
UNDER_WAY = RequestState.ACCEPTED, RequestState.ARRANGED
OPEN = WAITING + UNDER_WAY


class Ending(enum.Enum):
    """Why a request was closed. The value is what people read."""

    BOTH = "обе стороны сказали, что вышло"
    ONE_SIDE = "вторая сторона не ответила за 30 дней"
    SILENT = "спросивший не ответил на напоминание за 21 день"
    TAKEN_BACK = "спросивший снял запрос"


class MentorRequest(FromForm, Model):
    """What a person of a school asks; its first day stays when it is handed over."""

    __table_args__ = (
        sa.Index("ix_mentor_request_holder", "mentor_id", "state"),
        sa.Index("ix_mentor_request_school", "school_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asker_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"))
    # Whom the asker has chosen. None: there was nobody for the topic.
    chosen_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mentor.id"))
    # Who has it now. None: the coordinator of the school's territory.
    mentor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mentor.id"))
    topic: Mapped[str] = mapped_column(sa.String(120))
    text: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[RequestState] = mapped_column(default=RequestState.NEW)
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    # Since when whoever has it now has it.
    held_since: Mapped[datetime] = mapped_column(default=utcnow)
    # The first answer, whoever gave it.
    answered_at: Mapped[datetime | None]
    # What was said when it was accepted or declined last.
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    # What it takes of the mentor's month, and in which month this is.
    hours: Mapped[int | None]
    spent_on: Mapped[date | None]
    meets_at: Mapped[datetime | None]
    minutes: Mapped[int] = mapped_column(default=60)
    place: Mapped[str] = mapped_column(sa.String(500), default="")
    # How often the meeting was moved, as calendars count it.
    sequence: Mapped[int] = mapped_column(default=0)
    asker_result: Mapped[str] = mapped_column(sa.String(500), default="")
    mentor_result: Mapped[str] = mapped_column(sa.String(500), default="")
    # When the first of the two sides told it.
    result_at: Mapped[datetime | None]
    # From 1 to 5, by the asker, for the coordinator alone.
    rating: Mapped[int | None]
    mentor_reminded_at: Mapped[datetime | None]
    asker_reminded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    ending: Mapped[Ending | None]

    asker: Mapped[User] = relationship()
    school: Mapped[School] = relationship()
    chosen: Mapped[Mentor | None] = relationship(foreign_keys=chosen_id)
    mentor: Mapped[Mentor | None] = relationship(foreign_keys=mentor_id)

    @property
    def title(self) -> str:
        return self.topic

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_declined(self) -> bool:
        return self.state is RequestState.DECLINED

    @property
    def is_ahead(self) -> bool:
        """Tell a meeting that has not begun."""
        return self.meets_at is not None and self.meets_at > utcnow()

    @property
    def meeting_ends_at(self) -> datetime | None:
        lasts = timedelta(minutes=self.minutes)
        return self.meets_at + lasts if self.meets_at else None

    @property
    def days_open(self) -> int:
        """Count the days since the first one."""
        return (today() - course_day(self.asked_at)).days


personal(
    MentorRequest,
    "Запросы к наставникам: ваши и к вам",
    Purpose.TERRITORY,
    of={"asker_id": NAMELESS, "mentor_id.user_id": NAMELESS},
    told="school_id topic text asked_at state answer answered_at meets_at place"
    " asker_result mentor_result closed_at",
    words={
        "meets_at": "когда встреча",
        "asker_result": "что вышло у того, кто спросил",
        "mentor_result": "что вышло у наставника",
    },
    withheld="rating",
    others="chosen_id",
    free="topic text answer place asker_result mentor_result",
    plain="id held_since hours spent_on minutes sequence result_at mentor_reminded_at"
    " asker_reminded_at ending form_key",
)
