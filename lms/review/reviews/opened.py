"""A work that is opened for review, with who has it and what the reader may do."""

from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import moment_of_asking
from lms.core.extensions import db
from lms.course.cohorts.permissions import in_judged_cohort
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import VIEWER, anybody_like
from lms.review.calibration.permissions import unscored_samples
from lms.review.reviews.models import Lease
from lms.review.reviews.pending import has_pending
from lms.review.reviews.permissions import is_reviewable, visible_works
from lms.review.reviews.queue import with_names
from lms.work.submissions.models import Submission
from lms.work.submissions.permissions import own_works


class Opened(NamedTuple):
    """A work before its reader."""

    submission: Submission
    lease: Lease | None
    may_review: bool
    # Of the reader: writes this work; judges in its cohort.
    is_own: bool
    is_judged: bool
    # The revision whose samples this tutor scores before the work.
    unscored_id: int | None
    # Whether this tutor has verdicts, of any works, that are held back.
    has_pending: bool

    def waits_for(self, user: User) -> bool:
        """Tell whether a person may judge it now, or take it and judge it."""
        is_free = self.lease is None or self.lease.tutor_id == user.id
        return self.submission.is_waiting and self.may_review and is_free


def open_work(submission_id: int, user: User) -> Opened | None:
    """Find a sent work that a person may see; one statement."""
    asked = {VIEWER: user.id, "work_id": submission_id}
    row: Any = db.session.execute(_work(anybody_like(user)), asked).one_or_none()
    return Opened(*row) if row else None


@cache
def _work(viewer: User) -> sa.Select[Any]:
    held = sa.and_(
        Lease.submission_id == Submission.id, Lease.until > moment_of_asking()
    )
    facts = (
        is_reviewable(viewer).label("may_review"),
        own_works(viewer).label("is_own"),
        in_judged_cohort(viewer, Submission.cohort_id).label("is_judged"),
        unscored_samples(viewer),
        has_pending(viewer),
    )
    return (
        with_names(visible_works(viewer))
        .add_columns(Lease, *facts)
        .outerjoin(Lease, held)
        .where(Submission.id == sa.bindparam("work_id"))
        .options(joinedload(Lease.tutor), joinedload(Lease.handed_by))
        .execution_options(populate_existing=True)
    )
