"""What a mentor offers to other schools."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.language import day_of_asking, today
from lms.core.personal import NAMELESS, Purpose, personal
from lms.identity.accounts.models import User
from lms.schools.teams.models import School

TOPICS = 5


class Help(enum.Enum):
    """How a mentor helps. The value is what people read."""

    MASTER_CLASS = "мастер-класс"
    CONSULTATION = "консультация"
    PRACTICE = "консультация-практикум"


class Reach(enum.Enum):
    """Whose schools a mentor is shown to. The value is what people read."""

    DISTRICT = "школам моего района"
    REGION = "школам всей области"


class Mentor(Model):
    """What a person offers to other schools, as a colleague of one of them."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), unique=True)
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"), index=True)
    # The names of the ways to help.
    helps: Mapped[list[Any]]
    hours_a_month: Mapped[int]
    reach: Mapped[Reach]
    about: Mapped[str] = mapped_column(sa.Text, default="")
    offered_at: Mapped[datetime] = mapped_column(default=utcnow)
    # The last day; a new school year asks for a new decision.
    active_until: Mapped[date]
    paused_at: Mapped[datetime | None]
    # When the person stopped, or left the school.
    withdrawn_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    school: Mapped[School] = relationship()
    topics: Mapped[list["MentorTopic"]] = relationship(
        order_by="MentorTopic.id", cascade="all, delete-orphan"
    )

    @classmethod
    def is_offered(cls) -> sa.ColumnElement[bool]:
        """Tell the database to find those who may be asked today."""
        return sa.and_(
            cls.withdrawn_at.is_(None),
            cls.paused_at.is_(None),
            cls.active_until >= day_of_asking(),
        )

    @property
    def is_open(self) -> bool:
        """Tell the same of one row."""
        return not (self.withdrawn_at or self.paused_at or self.is_over)

    @property
    def is_over(self) -> bool:
        return self.active_until < today()

    @property
    def help_words(self) -> str:
        return ", ".join(Help[name].value for name in self.helps)


personal(
    Mentor,
    "Ваша помощь другим школам",
    Purpose.TERRITORY,
    of={"user_id": NAMELESS},
    told="school_id about hours_a_month offered_at active_until",
    words={
        "about": "о вас как наставнике",
        "hours_a_month": "часов в месяц",
        "offered_at": "с какого дня",
        "active_until": "до какого дня",
    },
    free="about",
    plain="id helps reach paused_at withdrawn_at",
)


class MentorTopic(Model):
    """One of the topics in which a mentor is good."""

    __table_args__ = (sa.UniqueConstraint("mentor_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(sa.ForeignKey("mentor.id"))
    name: Mapped[str] = mapped_column(sa.String(120))


personal(
    MentorTopic,
    "Темы, в которых вы помогаете",
    Purpose.TERRITORY,
    of={"mentor_id.user_id": NAMELESS},
    told="name",
    free="name",
    plain="id",
)
