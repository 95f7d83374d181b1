"""Who sees which work that was sent, and who judges it."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort, CohortState, cohort_tutor
from lms.course.cohorts.permissions import in_judged_cohort
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import (
    TUTORS,
    among,
    can_judge,
    sees_everything,
)
from lms.review.appeals.models import Appeal
from lms.review.moderation.models import Kind, Opinion, Reading
from lms.review.reviews.models import Review
from lms.schools.teams.models import Membership
from lms.work.submissions.models import Attempt, Submission, is_newest


def visible_works(user: User) -> sa.Select[Submission]:
    """Admins see everything that was sent, tutors what they may judge."""
    return sa.select(Submission).where(
        Submission.sent_at.is_not(None), sa.or_(sees_everything(user), _in_charge(user))
    )


def reviewable_works(user: User) -> sa.Select[Submission]:
    """What was sent in the tutor's cohorts, apart from works of their own teams."""
    return sa.select(Submission).where(is_reviewable(user))


def is_reviewable(user: User) -> sa.ColumnElement[bool]:
    """Tell of a work whether it was sent, and the tutor judges it."""
    return sa.and_(_in_charge(user), Submission.sent_at.is_not(None))


def works_in_charge(user: User) -> sa.Select[Submission]:
    """Works of the tutor's cohorts, sent or not, apart from those of own teams."""
    return sa.select(Submission).where(_in_charge(user))


def can_review(user: User, submission: Submission) -> bool:
    """Only a tutor of the cohort judges; admins look but do not touch."""
    if not can_judge(user):
        return False
    mine = reviewable_works(user).where(Submission.id == submission.id)
    return bool(db.session.scalar(sa.select(mine.exists())))


def works_to_read_blind(user: User) -> sa.Select[int]:
    """Return the works that await a second reader who may be this tutor.

    Until somebody has read it, what the first tutor decided is shown to none of
    those who may. A new version or an appeal ends that: others decide then. So does
    the end of the cohort, or what nobody has read would stay hidden for good.
    """
    ended = sa.select(Cohort.id).where(Cohort.state == CohortState.CLOSED)
    works = reviewable_works(user).where(Submission.cohort_id.not_in(ended))
    works = works.with_only_columns(Submission.id)
    return (
        sa.select(Attempt.submission_id)
        .join(Review, Review.attempt_id == Attempt.id)
        .join(Reading, Reading.review_id == Review.id)
        .where(Reading.kind == Kind.SECOND, Review.tutor_id != user.id)
        .where(Attempt.submission_id.in_(works), is_newest())
        .where(~sa.exists().where(Opinion.reading_id == Reading.id))
        .where(~sa.exists().where(Appeal.review_id == Review.id))
    )


def is_kept_from(viewer: User | None) -> sa.ColumnElement[bool]:
    """Tell of a work whether its decision is kept from a viewer; the site knows all."""
    if viewer is None:
        return sa.false()
    return Submission.id.in_(works_to_read_blind(viewer))


def reviewers_of(submission: Submission) -> sa.Select[User]:
    """Return everybody who may judge a work, by name."""
    cohort = sa.select(cohort_tutor.c.user_id).where(
        cohort_tutor.c.cohort_id == submission.cohort_id
    )
    team = sa.select(Membership.user_id).where(Membership.team_id == submission.team_id)
    return _tutors().where(
        User.id.in_(cohort), User.id.not_in(team), User.id != (submission.user_id or 0)
    )


def colleagues(user: User) -> sa.Select[User]:
    """Return the other tutors of the tutor's cohorts, by name."""
    theirs = sa.select(cohort_tutor.c.user_id).where(
        in_judged_cohort(user, cohort_tutor.c.cohort_id)
    )
    return _tutors().where(User.id.in_(theirs), User.id != user.id)


def _tutors() -> sa.Select[User]:
    return sa.select(User).where(among(TUTORS)).order_by(User.full_name, User.id)


def _in_charge(user: User) -> sa.ColumnElement[bool]:
    """Somebody who was ever a member of a team does not judge its work."""
    teams = sa.select(Membership.team_id).where(Membership.user_id == user.id)
    return in_judged_cohort(
        user,
        Submission.cohort_id,
        sa.or_(Submission.user_id.is_(None), Submission.user_id != user.id),
        sa.or_(Submission.team_id.is_(None), Submission.team_id.not_in(teams)),
    )
