"""Questions for a page: found if the person may see them, else 404."""

import sqlalchemy as sa
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from lms.core.extensions import db
from lms.course.cohorts.models import CalendarRow
from lms.course.modules.models import Module
from lms.review.questions.models import Answer, Question
from lms.review.questions.permissions import shown_questions, visible_questions
from lms.schools.teams.loading import my_membership, my_memberships
from lms.schools.teams.models import Membership, Team

_PLACE = (
    joinedload(Question.module).joinedload(Module.current_revision),
    joinedload(Question.revision),
)


def may_ask() -> bool:
    """Tell whether the current user's team is in a cohort under way."""
    membership = my_membership()
    return membership is not None and membership.team.cohort.is_open


def asking_place(module: Module) -> Membership | None:
    """Return where the current user asks about a lesson: in a cohort under way.

    Of several it is one that takes the lesson; the team that is shown goes first.
    """
    places = [one for one in my_memberships() if one.team.cohort.is_open]
    if len(places) > 1:
        teaches = sa.select(CalendarRow.cohort_id).filter_by(module_id=module.id)
        taught = set(db.session.scalars(teaches))
        places = [one for one in places if one.cohort_id in taught]
    return places[0] if places else None


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
