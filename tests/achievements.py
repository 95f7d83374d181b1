"""What people did for their certificate, written down without doing it all again."""

from lms.core.extensions import db
from lms.work.credits.models import Credit
from lms.work.quizzes.models import QuizResult


def credit(user, work, **excuse):
    """Give a person the work of a team."""
    return _save(
        Credit(
            user_id=user.id,
            cohort_id=work.cohort_id,
            module_id=work.module_id,
            submission_id=None if excuse else work.id,
            **excuse,
        )
    )


def pass_quiz(user, module, percent=90, **facts):
    """Take the self-check of a module once."""
    return _save(
        QuizResult(
            user_id=user.id,
            module_id=module.id,
            revision_id=module.current_revision_id,
            answers={},
            percent=percent,
            **facts,
        )
    )


def finish(user, work):
    """Meet every condition of the cohort with one module."""
    credit(user, work)
    pass_quiz(user, work.module)
    return user


def _save(row):
    db.session.add(row)
    db.session.commit()
    return row
