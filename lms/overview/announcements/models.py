"""What was announced to whom, and whom it has reached."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import DELETED, NAMELESS, Purpose, personal
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team


class Announcement(FromForm, Model):
    """A word to the people of a cohort or a team; withdrawn ones stand nowhere."""

    __table_args__ = (sa.Index("ix_announcement_cohort", "cohort_id", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"))
    # None: for every team of the cohort.
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text)
    # The last day on which it stands on start pages.
    until: Mapped[date]
    # Other words are another edition, which everybody reads anew.
    edition: Mapped[int] = mapped_column(default=1)
    # Whether this edition went out by letter at once.
    sent_by_mail: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    # When the words of this edition were written.
    written_at: Mapped[datetime] = mapped_column(default=utcnow)
    withdrawn_at: Mapped[datetime | None]

    cohort: Mapped[Cohort] = relationship()
    team: Mapped[Team | None] = relationship()
    author: Mapped[User] = relationship()

    @property
    def is_corrected(self) -> bool:
        return self.edition > 1

    @property
    def audience(self) -> str:
        """Whom it is for, as staff read it."""
        if self.team is None:
            return f"{self.cohort.name}: все"
        return f"{self.team.school.name}, «{self.team.name}»"


personal(
    Announcement,
    "Ваши объявления",
    Purpose.LETTERS,
    of={"author_id": NAMELESS},
    of_staff=True,
    told="cohort_id team_id title text written_at",
    words={"title": "заголовок"},
    free="title text html",
    plain="id until edition sent_by_mail created_at withdrawn_at form_key",
    called="title",
)


class Way(enum.Enum):
    """How an announcement reached a person. The value is what people read."""

    OPENED = "на сайте"
    LETTER = "письмом"


class AnnouncementMark(Model):
    """An edition has reached a person in some way."""

    announcement_id: Mapped[int] = mapped_column(
        sa.ForeignKey("announcement.id"), primary_key=True
    )
    edition: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    way: Mapped[Way] = mapped_column(primary_key=True)
    marked_at: Mapped[datetime] = mapped_column(default=utcnow)


personal(
    AnnouncementMark,
    "Какие объявления до вас дошли",
    Purpose.LETTERS,
    of={"user_id": DELETED},
    told="announcement_id way marked_at",
    plain="edition",
)
