"""Questions about a place in a lesson, their answers, and what all may read of them."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import NAMELESS, Purpose, personal
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team


class State(enum.Enum):
    """How far a question has come. The value is what people read."""

    WAITING = "ждёт ответа"
    ANSWERED = "есть ответ"
    SHARED = "есть общий ответ"


class Answer(FromForm, Immutable, Model):
    """What a tutor has answered; a correction is another answer."""

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime] = mapped_column(default=utcnow)

    author: Mapped[User] = relationship()


personal(
    Answer,
    "Ваши ответы на вопросы о занятиях",
    Purpose.REVIEW,
    of={"author_id": NAMELESS},
    of_staff=True,
    told="question_id text written_at",
    free="text",
    plain="id form_key",
)


class Shared(Model):
    """The general version of a question and its answer, without names, for all."""

    question_id: Mapped[int] = mapped_column(
        sa.ForeignKey("question.id"), primary_key=True
    )
    id: Mapped[int] = synonym("question_id")
    wording: Mapped[str] = mapped_column(sa.Text)
    answer: Mapped[str] = mapped_column(sa.Text)
    shared_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    shared_at: Mapped[datetime] = mapped_column(default=utcnow)


personal(
    Shared,
    "Общие ответы под занятиями, которые вы составили",
    Purpose.REVIEW,
    of={"shared_by_id": NAMELESS},
    of_staff=True,
    told="question_id wording answer shared_at",
    free="wording answer",
)


class Question(FromForm, Immutable, Model):
    """What a reader asked about a section of a lesson, as it was at that time."""

    may_change = frozenset({"answered_at"})

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"), index=True)
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("revision.id"))
    # The id of the section's heading in that revision.
    anchor: Mapped[str] = mapped_column(sa.Text)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    # When the first answer came; None: the team waits.
    answered_at: Mapped[datetime | None] = mapped_column(index=True)

    module: Mapped[Module] = relationship()
    revision: Mapped[Revision] = relationship()
    author: Mapped[User] = relationship()
    team: Mapped[Team] = relationship()
    answers: Mapped[list[Answer]] = relationship(order_by=Answer.id)
    shared: Mapped[Shared | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def state(self) -> State:
        if self.is_open:
            return State.WAITING
        return State.SHARED if self.shared else State.ANSWERED


personal(
    Question,
    "Ваши вопросы о занятиях",
    Purpose.REVIEW,
    of={"author_id": NAMELESS},
    told="module_id team_id text asked_at answered_at",
    free="text",
    plain="id revision_id anchor form_key",
    called="module_id",
)
