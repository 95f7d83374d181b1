"""Who sees the results of self-checks."""

import sqlalchemy as sa

from lms.identity.accounts.models import User
from lms.work.quizzes.models import QuizResult


def visible_results(user: User) -> sa.Select[QuizResult]:
    """A self-check is for oneself: nobody looks into the answers of another."""
    return sa.select(QuizResult).where(QuizResult.user_id == user.id)
