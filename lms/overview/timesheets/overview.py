"""How much each tutor has done in a month: a line of numbers a tutor."""

from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.overview.timesheets.month import Month
from lms.overview.timesheets.permissions import in_shown_month, visible_tutors
from lms.review.moderation.models import Opinion, Reading
from lms.review.reviews.models import Review
from lms.schools.meetings.models import Meeting
from lms.work.submissions.models import Attempt, Submission, stands


@dataclass(frozen=True)
class Line:
    """The numbers of a tutor; the same as on the sheet."""

    tutor: User
    works: int
    versions: int
    readings: int
    meetings: int


def lines_of(month: Month, *, viewer: User) -> list[Line]:
    """Return everybody whose month the viewer may open, by name; four statements."""
    tutors = visible_tutors(viewer).order_by(User.full_name, User.id)
    versions, works = _reviews(month, viewer)
    readings, meetings = _readings(month, viewer), _meetings(month, viewer)
    return [
        Line(one, works[one.id], versions[one.id], readings[one.id], meetings[one.id])
        for one in db.session.scalars(tutors)
    ]


def _reviews(month: Month, viewer: User) -> tuple[Counter[int], Counter[int]]:
    rows = db.session.execute(
        sa.select(
            Review.tutor_id,
            sa.func.count(Review.id),
            sa.func.count(Attempt.submission_id.distinct()),
        )
        .join(Review.attempt)
        .join(Attempt.submission)
        .where(month.holds(Review.released_at), stands())
        .where(in_shown_month(viewer, Review.tutor_id, Submission.cohort_id))
        .group_by(Review.tutor_id)
    ).all()
    return (
        Counter({tutor_id: versions for tutor_id, versions, _ in rows}),
        Counter({tutor_id: works for tutor_id, _, works in rows}),
    )


def _readings(month: Month, viewer: User) -> Counter[int]:
    rows = db.session.execute(
        sa.select(Opinion.reader_id, sa.func.count())
        .join(Opinion.reading)
        .join(Reading.review)
        .join(Review.attempt)
        .join(Attempt.submission)
        .where(month.holds(Opinion.released_at))
        .where(in_shown_month(viewer, Opinion.reader_id, Submission.cohort_id))
        .group_by(Opinion.reader_id)
    )
    return Counter(dict(rows.all()))


def _meetings(month: Month, viewer: User) -> Counter[int]:
    """Count those that are over; how long each lasts the database need not know."""
    called = db.session.scalars(
        sa.select(Meeting)
        .where(month.holds(Meeting.starts_at), Meeting.starts_at < utcnow())
        .where(Meeting.cancelled_at.is_(None))
        .where(in_shown_month(viewer, Meeting.created_by_id, Meeting.cohort_id))
    )
    return Counter(one.created_by_id for one in called if one.is_over)
