"""Whether a lesson has changed since a person read it or began to write."""

from typing import Any

import sqlalchemy as sa

from lms.course.cohorts.models import CalendarRow
from lms.course.modules.models import Module, ReadMark
from lms.course.releases.models import TOLD, Release, SeenRelease
from lms.work.submissions.models import EDITABLE, Submission


def first_unread_release(user_id: Any) -> sa.ScalarSelect[int]:
    """Find the first release of which a person is still to be told, in a path.

    What was taken back, and so left the reader with what was read, is no news.
    """
    seen = sa.select(SeenRelease.release_id).where(
        SeenRelease.user_id == user_id, SeenRelease.module_id == Release.module_id
    )
    is_writing = sa.and_(
        Submission.status.in_(EDITABLE), Submission.created_at < Release.released_at
    )
    unread = sa.select(sa.func.min(Release.id)).where(
        Release.module_id == CalendarRow.module_id,
        *TOLD,
        Release.instead_of_id.is_distinct_from(Module.current_revision_id),
        sa.or_(ReadMark.read_at < Release.released_at, is_writing),
        Release.id > sa.func.coalesce(seen.scalar_subquery(), 0),
    )
    return unread.correlate_except(Release, SeenRelease).scalar_subquery()
