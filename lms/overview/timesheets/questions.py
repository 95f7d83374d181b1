"""The questions about lessons that a tutor was the first to answer in a month."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.course.cohorts.programme import numbered
from lms.identity.accounts.models import User
from lms.overview.timesheets.month import Month
from lms.overview.timesheets.permissions import in_shown_month
from lms.review.questions.models import Answer, Question
from lms.schools.teams.models import Team


class AnsweredQuestion(NamedTuple):
    """A question, and the first answer to it."""

    question_id: int
    owner: str
    lesson: str
    cohort: str
    asked_at: datetime
    answered_at: datetime

    @property
    def hours(self) -> float:
        """How long the team waited; where clocks jumped, no time at all."""
        return max(0.0, (self.answered_at - self.asked_at).total_seconds() / 3600)


def answered_questions(
    tutor: User, month: Month, viewer: User
) -> list[AnsweredQuestion]:
    """Return them in the order of the answers; what came after the first is no news."""
    first = sa.select(sa.func.min(Answer.id)).group_by(Answer.question_id)
    rows = db.session.execute(
        sa.select(Question, Answer.written_at)
        .join(Answer, Answer.question_id == Question.id)
        .join(Question.team)
        .where(Answer.author_id == tutor.id, month.holds(Answer.written_at))
        .where(Answer.id.in_(first))
        .where(in_shown_month(viewer, Answer.author_id, Team.cohort_id))
        .order_by(Answer.written_at, Answer.id)
        .options(joinedload(Question.revision), joinedload(Question.module))
        .options(joinedload(Question.team).joinedload(Team.school))
        .options(joinedload(Question.team).joinedload(Team.cohort))
    )
    return [_answered(question, moment) for question, moment in rows]


def _answered(question: Question, moment: datetime) -> AnsweredQuestion:
    team = question.team
    lesson = numbered(question.module.position, question.revision.title)
    owner = f"{team.school.name}, команда «{team.name}»"
    asked = question.id, owner, lesson, team.cohort.name
    return AnsweredQuestion(*asked, question.asked_at, moment)
