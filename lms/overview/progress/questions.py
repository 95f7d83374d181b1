"""How long teams wait for an answer to a question about a lesson."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.sql import hours_between
from lms.course.cohorts.models import Cohort
from lms.overview.progress.answers import USUAL, Pace, pace_of, since_when
from lms.review.questions.models import Question
from lms.schools.teams.models import Team


@dataclass(frozen=True)
class QuestionPace:
    """How fast questions were answered lately, and what still waits."""

    pace: Pace | None
    waiting: int
    oldest_at: datetime | None


def question_pace_of(cohort: Cohort, *, months: int = USUAL) -> QuestionPace:
    """Return the hours from a question to its first answer; two statements."""
    ours = Question.team_id.in_(sa.select(Team.id).where(Team.cohort_id == cohort.id))
    waiting, oldest_at = db.session.execute(
        sa.select(sa.func.count(Question.id), sa.func.min(Question.asked_at)).where(
            ours, Question.answered_at.is_(None)
        )
    ).one()
    since = since_when(months)
    recent = Question.answered_at >= since if since else sa.true()
    found = db.session.execute(_told(ours, recent)).one()
    return QuestionPace(pace_of(*found) if found[0] else None, waiting, oldest_at)


def _told(*which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Pick from the answered questions those in the middle, and the ninetieth of 100.

    The same numbers as those of works: lms/overview/progress/answers.py.
    """
    hours = hours_between(Question.answered_at, Question.asked_at)
    ranked = (
        sa.select(
            hours.label("hours"),
            sa.func.count().over().label("total"),
            sa.func.row_number().over(order_by=hours).label("at"),
        )
        .where(Question.answered_at.is_not(None), *which)
        .subquery()
    )
    wait, total, at = ranked.c
    middle = at.in_([(total + 1) // 2, (total + 2) // 2])
    late = at == (total * 9 + 9) // 10
    return sa.select(
        sa.func.count(),
        sa.func.avg(sa.case((middle, wait))),
        sa.func.max(sa.case((late, wait))),
    ).select_from(ranked)
