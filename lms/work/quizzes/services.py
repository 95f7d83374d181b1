"""What may happen to self-checks."""

import logging
from collections.abc import Collection, Mapping

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.course.cohorts.models import Cohort
from lms.course.modules.contents import content_of
from lms.course.modules.models import Revision
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.schools.teams.models import Membership
from lms.work.quizzes.models import QuizResult

logger = logging.getLogger(__name__)


def best_percent(
    user: User, module_ids: Collection[int], cohort: Cohort | None = None
) -> dict[int, int]:
    """Return the best result of a person by module, in a cohort or altogether."""
    here = QuizResult.counts_in(cohort.id) if cohort else sa.true()
    rows = db.session.execute(
        sa.select(
            QuizResult.module_id, sa.func.max(QuizResult.percent).label("percent")
        )
        .where(QuizResult.user_id == user.id, QuizResult.module_id.in_(module_ids))
        .where(here)
        .group_by(QuizResult.module_id)
    )
    return {row.module_id: row.percent for row in rows}


def best_percents(
    cohort_ids: Collection[int],
    user_id: int | None = None,
    team_id: int | None = None,
) -> dict[tuple[int, int | None, int], int]:
    """Return the best results by cohort, person and module, of a person or a team.

    One statement.
    """
    people = sa.select(Membership.user_id).where(Membership.cohort_id.in_(cohort_ids))
    if team_id:
        people = people.where(Membership.team_id == team_id)
    who = QuizResult.user_id == user_id if user_id else QuizResult.user_id.in_(people)
    key = QuizResult.cohort_id, QuizResult.user_id, QuizResult.module_id
    here = sa.or_(QuizResult.cohort_id.in_(cohort_ids), QuizResult.cohort_id.is_(None))
    rows = db.session.execute(
        sa.select(*key, sa.func.max(QuizResult.percent)).where(who, here).group_by(*key)
    )
    found: dict[tuple[int, int | None, int], int] = {}
    for cohort_id, person, module_id, best in rows:
        for place in cohort_ids if cohort_id is None else [cohort_id]:
            known = found.get((place, person, module_id), 0)
            found[place, person, module_id] = max(best, known)
    return found


def store_result(
    revision: Revision,
    *,
    user: User,
    answers: Mapping[int, set[int]],
    cohort_id: int | None = None,
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
        cohort_id=cohort_id,
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
