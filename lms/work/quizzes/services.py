"""What may happen to self-checks."""

import logging
from collections.abc import Collection, Mapping

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.course.modules.contents import content_of
from lms.course.modules.models import Revision
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.schools.teams.models import Membership, Team
from lms.work.quizzes.models import QuizResult

logger = logging.getLogger(__name__)


def best_percent(user: User, module_ids: Collection[int]) -> dict[int, int]:
    """Return the best result of a person by module; one statement."""
    rows = db.session.execute(
        sa.select(
            QuizResult.module_id, sa.func.max(QuizResult.percent).label("percent")
        )
        .where(QuizResult.user_id == user.id, QuizResult.module_id.in_(module_ids))
        .group_by(QuizResult.module_id)
    )
    return {row.module_id: row.percent for row in rows}


def best_percents(
    cohort_ids: Collection[int],
    user_id: int | None = None,
    team_id: int | None = None,
) -> dict[tuple[int | None, int], int]:
    """Return best results in cohorts, of a person or a team alone; one statement."""
    people = sa.select(Membership.user_id).join(Membership.team)
    if team_id:
        people = people.where(Team.id == team_id)
    query = sa.select(
        QuizResult.user_id, QuizResult.module_id, sa.func.max(QuizResult.percent)
    ).group_by(QuizResult.user_id, QuizResult.module_id)
    if user_id:
        query = query.where(QuizResult.user_id == user_id)
    else:
        here = people.where(Team.cohort_id.in_(cohort_ids))
        query = query.where(QuizResult.user_id.in_(here))
    rows = db.session.execute(query)
    return {(person, module_id): best for person, module_id, best in rows}


def store_result(
    revision: Revision,
    *,
    user: User,
    answers: Mapping[int, set[int]],
    form_key: str | None = None,
) -> QuizResult:
    """Grade the answers by the questions that the person saw, and keep the result."""
    if known := added_before(QuizResult, form_key):
        return known
    quiz = content_of(revision).quiz
    if quiz is None or not all(answers.get(q.id) for q in quiz.questions):
        raise RuleError("Ответьте на все вопросы: тогда результат засчитается.")
    result = QuizResult(
        user_id=user.id,
        module_id=revision.module_id,
        revision_id=revision.id,
        answers={str(q.id): sorted(answers[q.id]) for q in quiz.questions},
        percent=quiz.grade(answers),
        form_key=form_key,
    )
    db.session.add(result)
    person_acted.send(user)
    db.session.commit()
    logger.info("quiz result %s: %s %%", result.id, result.percent)
    return result
