"""Questions for a page: found if the person may see them, else 404."""

from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.review.questions.models import Answer, Question
from lms.review.questions.permissions import shown_questions, visible_questions
from lms.schools.teams.loading import my_membership
from lms.schools.teams.models import Team

_PLACE = (
    joinedload(Question.module).joinedload(Module.current_revision),
    joinedload(Question.revision),
)


def may_ask() -> bool:
    """Tell whether the current user's team is in a cohort under way."""
    membership = my_membership()
    return membership is not None and membership.team.cohort.is_open


def get_question(question_id: int) -> Question:
    """Load a question that the current user may see, or answer 404."""
    query = visible_questions(current_user).where(Question.id == question_id)
    question: Question = db.first_or_404(
        query.options(
            *_PLACE,
            joinedload(Question.author),
            joinedload(Question.team).joinedload(Team.school),
            joinedload(Question.team).joinedload(Team.cohort),
            joinedload(Question.shared),
            selectinload(Question.answers).joinedload(Answer.author),
        )
    )
    return question


def get_shown(question_id: int) -> Question:
    """Load a question of which the current user may see the place, or answer 404."""
    query = shown_questions(current_user).where(Question.id == question_id)
    question: Question = db.first_or_404(query.options(*_PLACE))
    return question
