"""Messages beside a work, who still has to answer, and who has read how far."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import DELETED, NAMELESS, Purpose, personal
from lms.identity.accounts.models import User
from lms.review.reviews.models import Review
from lms.work.submissions.models import Submission


class Voice(enum.Enum):
    """As whom a person speaks in a thread. The value is what people read."""

    OWNER = "команда"
    TUTOR = "тьютор"
    ADMIN = "организатор"

    @property
    def answers(self) -> bool:
        """Tell those who answer from those who ask."""
        return self is not Voice.OWNER


class Thread(Model):
    """How far the thread of a work has come; there is none before the first message.

    Numbers of messages grow, so a number says «up to here».
    """

    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), primary_key=True
    )
    # Since when the team waits for an answer; None when it does not.
    asked_at: Mapped[datetime | None] = mapped_column(index=True)
    # Who answers first: the reviewer who is asked, else who knows the team.
    tutor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    # Up to which message all is answered, or needs no answer.
    answered_up_to: Mapped[int] = mapped_column(default=0)
    # The newest answer, for the start page and the letter of the day.
    answer_id: Mapped[int | None]
    answered_at: Mapped[datetime | None]

    submission: Mapped[Submission] = relationship()
    tutor: Mapped[User | None] = relationship()


personal(
    Thread,
    "Разговоры о работах, которые вы ведёте",
    Purpose.REVIEW,
    of={"tutor_id": NAMELESS},
    of_staff=True,
    told="submission_id asked_at",
    words={"asked_at": "с какого времени ждут ответа"},
    plain="answered_up_to answer_id answered_at",
)


class Message(FromForm, Immutable, Model):
    """What somebody said in a thread; it never changes."""

    # The same form sent twice is one message.
    __table_args__ = (sa.UniqueConstraint("author_id", "form_token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), index=True
    )
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    voice: Mapped[Voice]
    text: Mapped[str] = mapped_column(sa.Text)
    # «Прошу пояснить»: the released review in question, or one criterion of it.
    review_id: Mapped[int | None] = mapped_column(sa.ForeignKey("review.id"))
    criterion: Mapped[str | None] = mapped_column(sa.String(60))
    form_key: Mapped[str] = mapped_column("form_token", sa.String(32))
    written_at: Mapped[datetime] = mapped_column(default=utcnow)

    author: Mapped[User] = relationship()
    review: Mapped[Review | None] = relationship()

    @property
    def level(self) -> dict[str, Any] | None:
        """What the review said of the criterion in question."""
        levels = self.review.levels if self.review else []
        return next((at for at in levels if at["key"] == self.criterion), None)


personal(
    Message,
    "Ваши сообщения в разговорах о работах",
    Purpose.REVIEW,
    of={"author_id": NAMELESS},
    told="submission_id text written_at",
    free="text",
    plain="id voice review_id criterion form_token",
)


class SeenMark(Model):
    """Up to which message a person has read a thread."""

    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    up_to: Mapped[int]


personal(
    SeenMark,
    "До какого сообщения вы прочитали",
    Purpose.REVIEW,
    of={"user_id": DELETED},
    told="submission_id",
    plain="up_to",
)
