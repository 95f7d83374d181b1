"""Reviews that were released: a tutor looks back at what was decided."""

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, selectinload

from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_judge
from lms.review.reviews.models import Review, Verdict
from lms.review.reviews.permissions import visible_works, works_to_read_blind
from lms.schools.teams.models import Team
from lms.work.submissions.models import Attempt, Submission


def released_reviews(
    user: User,
    *,
    cohort: int | None = None,
    module: int | None = None,
    verdict: str | None = None,
    who: str | None = None,
) -> sa.Select[Review]:
    """Return released reviews of works that a person sees, newest first.

    A tutor begins with the own ones; an admin, who writes none, with all.
    """
    query = (
        sa.select(Review)
        .join(Review.attempt)
        .join(Attempt.submission)
        .where(Submission.id.in_(visible_works(user).with_only_columns(Submission.id)))
        .where(Submission.id.not_in(works_to_read_blind(user)))
        .order_by(Review.released_at.desc(), Review.id.desc())
        .options(*_with_names())
    )
    if can_judge(user) and who != "all":
        query = query.where(Review.tutor_id == user.id)
    if cohort:
        query = query.where(Submission.cohort_id == cohort)
    if module:
        query = query.where(Submission.module_id == module)
    if verdict:
        query = query.where(decided(Verdict[verdict]))
    return query


def decided(outcome: Verdict) -> sa.ColumnElement[bool]:
    """Find reviews by what counts now; see `Review.outcome`."""
    is_accepted = sa.or_(Review.verdict == Verdict.ACCEPTED, Review.reversal.has())
    return is_accepted if outcome is Verdict.ACCEPTED else ~is_accepted


def _with_names() -> list[sa.sql.base.ExecutableOption]:
    """Load what a line says, and not the answers."""
    work = contains_eager(Review.attempt).contains_eager(Attempt.submission)
    return [
        contains_eager(Review.attempt).options(defer(Attempt.fields)),
        work.selectinload(Submission.module).selectinload(Module.current_revision),
        work.selectinload(Submission.team).selectinload(Team.school),
        work.selectinload(Submission.cohort),
        work.selectinload(Submission.user),
        selectinload(Review.tutor),
    ]
