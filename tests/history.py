"""A cohort long under way: what was done goes into the past, troubles are read."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.course.modules.models import ReadMark
from lms.overview.progress.matrix import matrix_of
from lms.review.reviews.models import Review
from lms.schools.teams.models import Membership
from lms.schools.teams.permissions import active_membership
from lms.work.drafts.models import DraftField
from lms.work.quizzes.models import QuizResult
from lms.work.submissions.models import Attempt

MOMENTS = [
    DraftField.saved_at,
    Attempt.sent_at,
    Review.released_at,
    QuizResult.taken_at,
    ReadMark.read_at,
]


def days_ago(days):
    return utcnow() - timedelta(days=days)


def age(days, *moments):
    """Let everything that was done so far have happened some days ago."""
    for moment in moments or MOMENTS:
        table = moment.class_.__table__
        db.session.execute(sa.update(table).values({moment.key: days_ago(days)}))
    db.session.commit()
    db.session.expire_all()


def came(days=100):
    """Let everybody have come to their teams some days ago."""
    age(days, Membership.joined_at)


@pytest.fixture
def long_under_way(cohort, module, captain):
    """The cohort opened long ago, and so did its module; the captain came then."""
    cohort.opened_at = days_ago(100)
    active_membership(captain).joined_at = days_ago(100)
    cohort.rows[0].opens_on = today() - timedelta(days=60)
    db.session.commit()


def sentences(cohort, reason=None):
    """Tell why teams are stuck, in words."""
    found = matrix_of(cohort).troubles
    reasons = [reason] if reason else list(found)
    return [
        trouble.sentence.replace("\xa0", " ")
        for reason in reasons
        for _, trouble in found.get(reason, [])
    ]
