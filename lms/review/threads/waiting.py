"""Threads in which somebody waits: teams for an answer, answers for a reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Bundle, selectinload

from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.review.questions.models import Question
from lms.review.questions.permissions import questions_to_answer
from lms.review.threads.models import Message, SeenMark, Thread, Voice
from lms.review.threads.permissions import works_to_answer
from lms.schools.teams.models import Team
from lms.work.submissions.models import Submission
from lms.work.submissions.permissions import own_work_ids


@dataclass(frozen=True)
class Waiting:
    """How many questions wait for an answer, and how many of them for this person."""

    total: int
    mine: int


@dataclass(frozen=True)
class Row:
    """A thread in a list, with the message that waits."""

    thread: Thread
    message: Message


@dataclass(frozen=True)
class AboutLesson:
    """A question about a lesson in the same list."""

    question: Question


def questions_for(user: User) -> sa.Select[Any]:
    """Return what waits for an answer: first what asks this person, then the oldest.

    Each row names either the work whose thread waits, or a question about a lesson.
    """
    asked = _asked_of(user)
    mine = sa.case((asked.c.tutor_id == user.id, 0), else_=1)
    names = asked.c.submission_id, asked.c.question_id
    return sa.select(Bundle("asked", *names)).order_by(mine, asked.c.asked_at, *names)


def waiting_for(user: User) -> Waiting:
    """Count what waits for an answer; one statement."""
    return Waiting(*db.session.execute(sa.select(waiting_columns(user))).one())


def waiting_columns(user: User) -> sa.Subquery:
    """Count what a `Waiting` holds, in its order."""
    asked = _asked_of(user)
    mine = sa.func.count().filter(asked.c.tutor_id == user.id)
    return sa.select(sa.func.count(), mine).select_from(asked).subquery()


def _asked_of(user: User) -> sa.Subquery:
    """Put both kinds together: since when who waits, and who should answer first."""
    nothing = sa.cast(sa.null(), sa.Integer)
    threads = sa.select(
        Thread.submission_id,
        nothing.label("question_id"),
        Thread.tutor_id,
        Thread.asked_at,
    )
    waiting = Thread.submission_id.in_(works_to_answer(user))
    facts = nothing, Question.id, Team.tutor_id, Question.asked_at
    return sa.union_all(
        threads.where(Thread.asked_at.is_not(None), waiting),
        questions_to_answer(user, *facts),
    ).subquery()


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


def rows_of(asked: Iterable[Any]) -> list[Row | AboutLesson]:
    """Return what `questions_for` names, in its order; a few statements."""
    asked = list(asked)
    works = [one.submission_id for one in asked if one.submission_id]
    rows = {row.thread.submission_id: row for row in _threads(works)}
    lessons = _questions([one.question_id for one in asked if one.question_id])
    found = (
        lessons.get(one.question_id) if one.question_id else rows.get(one.submission_id)
        for one in asked
    )
    return [row for row in found if row]


def _questions(ids: Sequence[int]) -> dict[int, AboutLesson]:
    team = selectinload(Question.team)
    found = db.session.scalars(
        sa.select(Question)
        .where(Question.id.in_(ids))
        .options(
            selectinload(Question.module).selectinload(Module.current_revision),
            team.selectinload(Team.school),
            team.selectinload(Team.tutor),
        )
    )
    return {question.id: AboutLesson(question) for question in found}


def _threads(works: Sequence[int]) -> list[Row]:
    """Return the threads of works, each with the oldest message that waits."""
    first = (
        sa.select(sa.func.min(Message.id))
        .join(Thread, Thread.submission_id == Message.submission_id)
        .where(Thread.submission_id.in_(works))
        .where(Message.voice == Voice.OWNER, Message.id > Thread.answered_up_to)
        .group_by(Message.submission_id)
    )
    rows = db.session.execute(
        sa.select(Thread, Message)
        .join(Message, Message.submission_id == Thread.submission_id)
        .where(Message.id.in_(first))
        .options(selectinload(Thread.tutor), *_with_names())
    )
    return [Row(thread, message) for thread, message in rows]


def _with_names() -> list[sa.sql.base.ExecutableOption]:
    work = selectinload(Thread.submission)
    return [
        work.selectinload(Submission.module).selectinload(Module.current_revision),
        work.selectinload(Submission.team).selectinload(Team.school),
        work.selectinload(Submission.user),
    ]
