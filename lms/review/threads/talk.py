"""A thread as it lies before the one who reads it, gathered in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, joinedload

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.review.reviews.models import Review
from lms.review.threads.forms import MessageForm
from lms.review.threads.models import Message, SeenMark, Thread, Voice
from lms.review.threads.permissions import voice_of
from lms.work.submissions.models import Attempt, Submission

# Older messages are folded, unless they are new to the reader.
SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One message, and what it still asks of the reader."""

    message: Message
    is_new: bool
    waits: bool


@dataclass(frozen=True)
class Talk:
    """The thread of one work for one person."""

    submission: Submission
    voice: Voice
    thread: Thread | None
    lines: Sequence[Line]
    form: MessageForm

    @property
    def title(self) -> str:
        if self.voice is Voice.OWNER:
            return "Разговор с тьютором"
        owner = "командой" if self.submission.team_id else "участником"
        return f"Разговор с {owner}"

    @property
    def may_write(self) -> bool:
        return self.submission.cohort.is_open

    @property
    def may_ask(self) -> bool:
        """Tell whether «Прошу пояснить» makes sense for the reader."""
        return self.may_write and self.voice is Voice.OWNER

    @property
    def waits(self) -> bool:
        """Tell whether the reader is among those who owe an answer."""
        asked = self.thread is not None and self.thread.asked_at is not None
        return asked and self.voice.answers and self.may_write

    @property
    def may_settle(self) -> bool:
        """Tell whether words alone wait, and no review that is to be explained."""
        questions = [line for line in self.lines if line.waits]
        return self.waits and not any(line.message.review_id for line in questions)

    @property
    def unread(self) -> int:
        return sum(line.is_new for line in self.lines)

    @property
    def newest(self) -> int:
        return self.lines[-1].message.id if self.lines else 0

    @property
    def earlier(self) -> Sequence[Line]:
        return self.lines[: self._fold]

    @property
    def recent(self) -> Sequence[Line]:
        return self.lines[self._fold :]

    @property
    def _fold(self) -> int:
        new = [at for at, line in enumerate(self.lines) if line.is_new or line.waits]
        return max(0, min([len(self.lines) - SHOWN, *new]))


def read_thread(
    submission: Submission,
    user: User,
    *,
    form: MessageForm | None = None,
    about: str = "",
    voice: Voice | None = None,
) -> Talk:
    """Lay the thread of a work out, with a blank form or with what was typed.

    A page that knows already as whom the reader speaks says so.
    """
    voice = voice_of(user, submission) if voice is None else voice
    thread, mark = _thread_of(submission, user)
    seen, answered = mark.up_to if mark else 0, thread.answered_up_to if thread else 0
    lines = [
        Line(
            message,
            is_new=message.id > seen and message.author_id != user.id,
            waits=message.voice is Voice.OWNER and message.id > answered,
        )
        for message in (_messages(submission) if thread else ())
    ]
    form = form or blank_form(submission, voice, about=about)
    form.seen.data = str(lines[-1].message.id if lines else 0)
    return Talk(submission, voice, thread, lines, form)


def blank_form(submission: Submission, voice: Voice, *, about: str = "") -> MessageForm:
    """Return the form of a message; a team may ask about its released reviews."""
    return MessageForm(
        reviews_to_explain(submission, voice), formdata=None, data={"about": about}
    )


def reviews_to_explain(submission: Submission, voice: Voice) -> Sequence[Review]:
    """Return what the owners of a work may ask about, newest first."""
    if voice is not Voice.OWNER:
        return []
    return db.session.scalars(
        sa.select(Review)
        .join(Review.attempt)
        .where(Attempt.submission_id == submission.id)
        .order_by(Attempt.number.desc())
        .options(contains_eager(Review.attempt).options(defer(Attempt.fields)))
    ).all()


def _thread_of(
    submission: Submission, user: User
) -> tuple[Thread | None, SeenMark | None]:
    """Find the thread, and how far somebody has read it."""
    own = sa.and_(
        SeenMark.submission_id == Thread.submission_id, SeenMark.user_id == user.id
    )
    threads = sa.select(Thread, SeenMark).outerjoin(SeenMark, own)
    found = threads.where(Thread.submission_id == submission.id)
    row = db.session.execute(found).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def _messages(submission: Submission) -> Sequence[Message]:
    attempt = joinedload(Message.review).joinedload(Review.attempt)
    return db.session.scalars(
        sa.select(Message)
        .where(Message.submission_id == submission.id)
        .order_by(Message.id)
        .options(joinedload(Message.author), attempt.options(defer(Attempt.fields)))
    ).all()
