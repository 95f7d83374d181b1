"""What may happen to self-checks."""

from collections.abc import Collection

import sqlalchemy as sa

from lms.accounts.models import User
from lms.extensions import db
from lms.quizzes.models import QuizResult


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
