"""What may happen in a thread: a message is written once and never changes."""

import logging
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.review.reviews.models import Review
from lms.review.threads.models import Message, SeenMark, Thread, Voice
from lms.review.threads.permissions import voice_of
from lms.work.submissions.models import Attempt, Submission

logger = logging.getLogger(__name__)

MAX_TEXT = 4000


@dataclass(frozen=True)
class About:
    """What the team asks to explain: a released review, or one criterion of it."""

    review_id: int | None = None
    criterion: str | None = None


def write_message(
    submission: Submission,
    text: str,
    *,
    author: User,
    seen: int,
    form_key: str,
    about: About | None = None,
) -> Message:
    """Say something beside a work; nothing about the work changes.

    `seen` is the newest message that the author had on the page: an answer settles
    what it could know of, and nothing that the team wrote meanwhile.
    """
    _check(submission, text, about)
    thread = _lock(submission)
    if known := added_before(Message, form_key, author_id=author.id):
        return known
    message = Message(
        submission_id=submission.id,
        author_id=author.id,
        voice=voice_of(author, submission),
        text=text.strip(),
        form_key=form_key,
        **asdict(about or About()),
    )
    db.session.add(message)
    db.session.flush()
    _move(thread, message, seen)
    _see(submission, author, seen)
    person_acted.send(author)
    db.session.commit()
    logger.info("submission %s: message %s", submission.id, message.id)
    return message


def settle_thread(submission: Submission, *, tutor: User, seen: int) -> None:
    """Say that what the team wrote needs no answer, such as «спасибо»."""
    thread = _lock(submission)
    asks = sa.select(Message.id).where(
        Message.submission_id == submission.id,
        Message.review_id.is_not(None),
        Message.id > thread.answered_up_to,
    )
    if db.session.scalar(asks.limit(1)):
        db.session.rollback()
        raise RuleError("Команда просит пояснить отзыв: на такой вопрос нужен ответ.")
    # No page has shown what nobody has written yet.
    known = min(seen, _newest(submission))
    thread.answered_up_to = max(thread.answered_up_to, known)
    _look_for_questions(thread)
    _see(submission, tutor, seen)
    record(tutor.id, "сообщение не требует ответа", submission)
    db.session.commit()


def mark_seen(submission: Submission, *, reader: User, up_to: int) -> None:
    """Remember how far a person has read."""
    _see(submission, reader, up_to)
    db.session.commit()


def _check(submission: Submission, text: str, about: About | None) -> None:
    if not submission.cohort.is_open:
        raise RuleError("Поток завершён: разговор можно только читать.")
    if not text.strip():
        raise RuleError("Напишите сообщение.")
    if len(text.strip()) > MAX_TEXT:
        raise RuleError(f"Сообщение длиннее {MAX_TEXT} знаков. Сократите его.")
    if about and not _is_known(submission, about):
        raise RuleError("Такого отзыва у этой работы нет.")


def _is_known(submission: Submission, about: About) -> bool:
    """Tell whether a work has such a review, with such a criterion."""
    review = db.session.scalar(
        sa.select(Review)
        .join(Review.attempt)
        .where(Review.id == about.review_id, Attempt.submission_id == submission.id)
    )
    keys = {level["key"] for level in review.levels} if review else set()
    return review is not None and about.criterion in {None, *keys}


def _lock(submission: Submission) -> Thread:
    """Return the thread with its row locked, begun if need be.

    Messages get their numbers one after another, so «up to here» means one thing.
    """
    found = (
        sa.select(Thread)
        .where(Thread.submission_id == submission.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if thread := db.session.scalar(found):
        return thread
    try:
        with db.session.begin_nested():
            db.session.add(Thread(submission_id=submission.id, answered_up_to=0))
    except sa.exc.IntegrityError:
        pass  # somebody else has just begun it
    return db.session.scalars(found).one()


def _move(thread: Thread, message: Message, seen: int) -> None:
    """Say of the thread whose turn it is after a message."""
    if not message.voice.answers:
        thread.tutor_id = _asked(thread, message)
    else:
        thread.answered_up_to = max(thread.answered_up_to, min(seen, message.id))
        thread.answer_id, thread.answered_at = message.id, message.written_at
        thread.submission.told_at = message.written_at
        if message.voice is Voice.TUTOR:
            thread.tutor_id = message.author_id
    _look_for_questions(thread)


def _asked(thread: Thread, message: Message) -> int | None:
    """Choose who should answer first: the reviewer, or who knows the team best."""
    if message.review:
        return message.review.tutor_id
    reviewer = (
        sa.select(Review.tutor_id)
        .join(Review.attempt)
        .where(Attempt.submission_id == thread.submission_id)
        .order_by(Attempt.number.desc())
        .limit(1)
    )
    team = thread.submission.team
    return (
        thread.tutor_id
        or db.session.scalar(reviewer)
        or (team.tutor_id if team else None)
    )


def _look_for_questions(thread: Thread) -> None:
    """Say since when the oldest message of the team waits for an answer."""
    thread.asked_at = db.session.scalar(
        sa.select(sa.func.min(Message.written_at)).where(
            Message.submission_id == thread.submission_id,
            Message.voice == Voice.OWNER,
            Message.id > thread.answered_up_to,
        )
    )


def _newest(submission: Submission) -> int:
    """Return the number of the newest message of a thread."""
    newest = sa.select(sa.func.max(Message.id)).filter_by(submission_id=submission.id)
    return db.session.scalar(newest) or 0


def _see(submission: Submission, reader: User, up_to: int) -> None:
    """Move the mark forward; two windows of one person meet the primary key."""
    key = {"submission_id": submission.id, "user_id": reader.id}
    up_to = min(up_to, _newest(submission))
    moved = sa.update(SeenMark).filter_by(**key).where(SeenMark.up_to < up_to)
    db.session.execute(moved.values(up_to=up_to))
    if db.session.get(SeenMark, tuple(key.values())) is None:
        try:
            with db.session.begin_nested():
                db.session.add(SeenMark(**key, up_to=up_to))
        except sa.exc.IntegrityError:
            return
