"""Whether a lesson has changed since a person read it or began to write."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.core.extensions import db
from lms.course.cohorts.models import CalendarRow, Cohort, CohortState
from lms.course.modules.models import Module, ReadMark
from lms.course.releases.models import TOLD, Release, SeenRelease
from lms.identity.accounts.models import User
from lms.work.submissions.models import EDITABLE, Submission
from lms.work.submissions.permissions import own_work_ids

# What was taken back left the reader with what was read: that is no news.
STANDS = Release.instead_of_id.is_distinct_from(Module.current_revision_id)
IS_WRITING = sa.and_(
    Submission.status.in_(EDITABLE), Submission.created_at < Release.released_at
)


def unread_releases(user_id: Any) -> sa.ScalarSelect[str]:
    """Find the first and the last release that a person is to be told of, in a path."""
    ends = sa.func.min(Release.id), sa.func.max(Release.id)
    first, last = (sa.cast(end, sa.String) for end in ends)
    unread = sa.select(first + "-" + last).where(
        Release.module_id == CalendarRow.module_id,
        *TOLD,
        STANDS,
        sa.or_(ReadMark.read_at < Release.released_at, IS_WRITING),
        Release.id > sa.func.coalesce(_seen_by(user_id), 0),
    )
    return unread.correlate_except(Release, SeenRelease).scalar_subquery()


def releases_for_writer(
    person: User, *, since: datetime
) -> Sequence[sa.Row[Release, int]]:
    """Return what was released while a work on it is not sent, unread yet.

    Each comes with the cohort of the work: a person may write in two.
    """
    module = contains_eager(Release.module).joinedload(Module.current_revision)
    return db.session.execute(
        sa.select(Release, Submission.cohort_id)
        .join(Release.module)
        .join(Submission, Submission.module_id == Module.id)
        .join(Cohort, Cohort.id == Submission.cohort_id)
        .where(Submission.id.in_(own_work_ids(person)), IS_WRITING, *TOLD, STANDS)
        .where(Cohort.state == CohortState.OPEN, Release.released_at >= since)
        .where(Release.id > sa.func.coalesce(_seen_by(person.id), 0))
        .order_by(Release.id, Submission.cohort_id)
        .options(module)
    ).all()


def _seen_by(user_id: Any) -> sa.ScalarSelect[int]:
    """Find of which release of a module a person has said «Понятно» last."""
    seen = sa.select(SeenRelease.release_id).where(
        SeenRelease.user_id == user_id, SeenRelease.module_id == Release.module_id
    )
    return seen.correlate_except(SeenRelease).scalar_subquery()
