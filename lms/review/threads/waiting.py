"""Threads in which somebody waits: teams for an answer, answers for a reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.review.threads.models import Message, SeenMark, Thread, Voice
from lms.review.threads.permissions import works_to_answer
from lms.schools.teams.models import Team
from lms.work.submissions.models import Submission
from lms.work.submissions.permissions import own_work_ids


@dataclass(frozen=True)
class Waiting:
    """How many threads wait for an answer, and how many of them for this person."""

    total: int
    mine: int


@dataclass(frozen=True)
class Row:
    """A thread in a list, with the message that waits."""

    thread: Thread
    message: Message


def questions_for(user: User) -> sa.Select[Thread]:
    """Return the threads that wait for an answer: first those that ask this person."""
    mine = sa.case((Thread.tutor_id == user.id, 0), else_=1)
    return (
        sa.select(Thread)
        .where(_asked(user))
        .order_by(mine, Thread.asked_at, Thread.submission_id)
        .options(selectinload(Thread.tutor), *_with_names())
    )


def waiting_for(user: User) -> Waiting:
    """Count the threads that wait for an answer; one statement."""
    return Waiting(*db.session.execute(sa.select(waiting_columns(user))).one())


def waiting_columns(user: User) -> sa.Subquery:
    """Count what a `Waiting` holds, in its order."""
    mine = sa.func.count().filter(Thread.tutor_id == user.id)
    counts = sa.select(sa.func.count(), mine).select_from(Thread)
    return counts.where(_asked(user)).subquery()


def unread_answers(user: User, *, since: datetime) -> list[Row]:
    """Return the threads of a person's works with an answer that was not read yet."""
    mark = sa.and_(
        SeenMark.submission_id == Thread.submission_id, SeenMark.user_id == user.id
    )
    threads = db.session.execute(
        sa.select(Thread, Message)
        .join(Message, Message.id == Thread.answer_id)
        .outerjoin(SeenMark, mark)
        .where(Thread.submission_id.in_(own_work_ids(user)))
        .where(Thread.answered_at >= since)
        .where(Thread.answer_id > sa.func.coalesce(SeenMark.up_to, 0))
        .order_by(Thread.answered_at.desc())
        .options(*_with_names())
    )
    return [Row(thread, message) for thread, message in threads]


def rows_of(threads: Sequence[Thread]) -> list[Row]:
    """Return waiting threads, each with the oldest message that waits."""
    first = (
        sa.select(sa.func.min(Message.id))
        .join(Thread, Thread.submission_id == Message.submission_id)
        .where(Thread.submission_id.in_([thread.submission_id for thread in threads]))
        .where(Message.voice == Voice.OWNER, Message.id > Thread.answered_up_to)
        .group_by(Message.submission_id)
    )
    found = db.session.scalars(sa.select(Message).where(Message.id.in_(first)))
    messages = {message.submission_id: message for message in found}
    return [
        Row(thread, messages[thread.submission_id])
        for thread in threads
        if thread.submission_id in messages
    ]


def _asked(user: User) -> sa.ColumnElement[bool]:
    here = Thread.submission_id.in_(works_to_answer(user))
    return sa.and_(Thread.asked_at.is_not(None), here)


def _with_names() -> list[sa.sql.base.ExecutableOption]:
    work = selectinload(Thread.submission)
    return [
        work.selectinload(Submission.module).selectinload(Module.current_revision),
        work.selectinload(Submission.team).selectinload(Team.school),
        work.selectinload(Submission.user),
    ]
