"""Who sees which question about a lesson, who asks, and who answers."""

from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.permissions import can_run, in_judged_cohort, in_run_cohort
from lms.course.modules.models import Module
from lms.course.modules.permissions import visible_modules
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import sees_everything
from lms.review.questions.models import Question, Shared
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import own_teams


def visible_questions(user: User) -> sa.Select[Question]:
    """The asker's team and whoever runs its cohort see a question.

    Who has left the team keeps what they asked themselves. No other team sees it.
    """
    own = sa.or_(Question.author_id == user.id, Question.team_id.in_(own_teams(user)))
    run = in_run_cohort(user, Team.cohort_id)
    return sa.select(Question).join(Question.team).where(sa.or_(own, run))


def shown_questions(user: User) -> sa.Select[Question]:
    """Return the questions whose place in the lesson a person may look at.

    These are the visible ones, and those with a general answer in readable lessons.
    """
    visible = visible_questions(user).with_only_columns(Question.id)
    modules = visible_modules(user).with_only_columns(Module.id)
    shared = sa.and_(
        Question.id.in_(sa.select(Shared.question_id)), Question.module_id.in_(modules)
    )
    return sa.select(Question).where(sa.or_(Question.id.in_(visible), shared))


def questions_to_answer(user: User, *facts: Any) -> sa.Select[Any]:
    """Select of the open questions that a person may answer; own teams' are others'."""
    judged = in_judged_cohort(user, Team.cohort_id)
    return (
        sa.select(*facts or (Question.id,))
        .select_from(Question)
        .join(Team, Team.id == Question.team_id)
        .join(Cohort, Cohort.id == Team.cohort_id)
        .where(Question.answered_at.is_(None), Cohort.state == CohortState.OPEN)
        .where(sa.or_(sees_everything(user), judged))
        .where(Question.team_id.not_in(own_teams(user)))
    )


def can_answer(user: User, question: Question) -> bool:
    """Whoever runs the cohort answers, and writes the general version."""
    own = own_teams(user).where(Membership.team_id == question.team_id)
    return can_run(user, question.team.cohort) and not db.session.scalar(own)
