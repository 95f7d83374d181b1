"""Who looks at an appeal: never the one who reviewed, never one of the team."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import cohort_tutor
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import ADMINS, TUTORS, among, can_administer
from lms.review.appeals.models import Appeal
from lms.review.reviews.models import Review
from lms.review.reviews.permissions import reviewable_works, reviewers_of, visible_works
from lms.schools.teams.models import Membership
from lms.work.submissions.models import Attempt, Submission
from lms.work.submissions.permissions import ever_wrote


def visible_appeals(user: User) -> sa.Select[Appeal]:
    """Tutors see the appeals about works that they may review, admins all."""
    return _about(visible_works(user))


def appeals_to_decide(user: User) -> sa.Select[Appeal]:
    """Tutors decide about the reviews of colleagues; admins where there is no other."""
    works = reviewable_works(user).with_only_columns(Submission.id)
    mine: sa.ColumnElement[bool] = Submission.id.in_(works)
    if can_administer(user):
        mine = sa.or_(mine, sa.and_(~_another_tutor(), ~ever_wrote(user.id)))
    return _about(sa.select(Submission)).where(mine, Review.tutor_id != user.id)


def can_decide(user: User, appeal: Appeal) -> bool:
    """Tell whether an appeal, closed or not, is this person's to decide."""
    here = appeals_to_decide(user).where(Appeal.id == appeal.id)
    return bool(db.session.scalar(sa.select(here.exists())))


def tutors_to_decide(review: Review) -> sa.Select[User]:
    """Return the other tutors of the cohort, by name."""
    others = reviewers_of(review.attempt.submission)
    return others.where(User.id != review.tutor_id)


def admins_to_decide(review: Review) -> sa.Select[User]:
    """Return the admins to whom an appeal goes where there is no other tutor."""
    work = review.attempt.submission
    team = sa.select(Membership.user_id).where(Membership.team_id == work.team_id)
    return sa.select(User).where(
        among(ADMINS),
        User.id.not_in([review.tutor_id, work.user_id or 0]),
        User.id.not_in(team),
    )


def _about(works: sa.Select[Submission]) -> sa.Select[Appeal]:
    return (
        sa.select(Appeal)
        .join(Appeal.review)
        .join(Review.attempt)
        .join(Attempt.submission)
        .where(Submission.id.in_(works.with_only_columns(Submission.id)))
    )


def _another_tutor() -> sa.ColumnElement[bool]:
    """Tell of a review whether its cohort has somebody else to look at the work."""
    exists = sa.exists().where(
        cohort_tutor.c.cohort_id == Submission.cohort_id,
        cohort_tutor.c.user_id == User.id,
        among(TUTORS),
        User.id != Review.tutor_id,
        ~ever_wrote(User.id),
    )
    return exists.correlate(Submission, Review)
