"""Who sees whose month: oneself, admins all, a lead tutor that of the tutors led."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort, cohort_tutor
from lms.course.cohorts.permissions import is_lead
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import (
    TUTORS,
    among,
    can_administer,
    can_judge,
)
from lms.review.moderation.models import Opinion, Reading
from lms.review.reviews.models import Review
from lms.work.submissions.models import Attempt, Submission


def in_shown_month(
    viewer: User,
    tutor_id: sa.SQLColumnExpression[int],
    cohort_id: sa.SQLColumnExpression[int],
) -> sa.ColumnElement[bool]:
    """Tell of what a tutor did in a cohort whether the viewer may know it.

    A lead sees of the others what they did in the cohorts led, and nothing of the rest.
    """
    if can_administer(viewer):
        return sa.true()
    return sa.or_(tutor_id == viewer.id, cohort_id.in_(_led(viewer)))


def sees_whole_month(viewer: User, tutor: User) -> bool:
    """Tell whether nothing of a month is left out for this viewer."""
    return can_administer(viewer) or viewer.id == tutor.id


def visible_tutors(viewer: User) -> sa.Select[User]:
    """Return those whose months a person may open; who has gone is paid as well."""
    if can_administer(viewer):
        return sa.select(User).where(sa.or_(among(TUTORS), _has_judged(sa.true())))
    led = _led(viewer)
    assigned = sa.select(cohort_tutor.c.user_id).where(
        cohort_tutor.c.cohort_id.in_(led)
    )
    theirs = User.id.in_(assigned), _has_judged(Submission.cohort_id.in_(led))
    mine = User.id == viewer.id if can_judge(viewer) else sa.false()
    return sa.select(User).where(sa.or_(mine, *theirs))


def sees_others(viewer: User) -> bool:
    """Tell whether there are months of others to choose from."""
    leads = sa.select(_led(viewer).exists())
    return can_administer(viewer) or bool(db.session.scalar(leads))


def _led(viewer: User) -> sa.Select[int]:
    return sa.select(Cohort.id).where(is_lead(viewer))


def _has_judged(where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Tell of a person whether there is a review or a second reading of theirs."""
    works = sa.select(Attempt.id).join(Attempt.submission).where(where)
    reviews = sa.select(Review.tutor_id).where(Review.attempt_id.in_(works))
    opinions = (
        sa.select(Opinion.reader_id)
        .join(Opinion.reading)
        .join(Reading.review)
        .where(Review.attempt_id.in_(works))
    )
    return sa.or_(User.id.in_(reviews), User.id.in_(opinions))
