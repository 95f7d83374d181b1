"""What is known of the works of some cohorts: a statement for each kind of fact."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.overview.progress.activity import Activity, read_activity
from lms.review.appeals.hearing import is_disputed
from lms.review.appeals.models import Appeal, Ruling
from lms.review.deferrals.models import Deferral
from lms.review.reviews.models import Review
from lms.review.reviews.permissions import is_kept_from
from lms.review.threads.models import Message, Voice
from lms.work.credits.gradebook import Gradebook, read_gradebook
from lms.work.drafts.models import DraftField, DraftFile
from lms.work.submissions.models import Attempt, Status, Submission
from lms.work.ticks.models import Tick


class Return(NamedTuple):
    """When a work came back, and when its draft was last changed."""

    at: datetime
    changed_at: datetime | None

    @property
    def is_touched(self) -> bool:
        return self.changed_at is not None and self.changed_at > self.at

    @property
    def untouched_since(self) -> datetime:
        return max(self.at, self.changed_at or self.at)


@dataclass(frozen=True)
class Facts:
    """What was written and credited, what came back, who did something last."""

    gradebook: Gradebook
    # By the work, as long as the team has not sent it again.
    returns: dict[int, Return]
    activity: Activity


def read_facts(cohort_ids: Collection[int], viewer: User | None) -> Facts:
    """Read what is known of some cohorts, and may be to a viewer; four statements."""
    return Facts(
        read_gradebook(cohort_ids, disputed=is_disputed(), secret=is_kept_from(viewer)),
        _returns(cohort_ids, viewer),
        read_activity(cohort_ids),
    )


def _returns(cohort_ids: Collection[int], viewer: User | None) -> dict[int, Return]:
    """When works came back, or were left so, and when their teams did something."""
    rows = _rows(
        sa.select(
            Submission.id,
            sa.func.max(Review.released_at),
            sa.func.max(Ruling.decided_at),
            *_changes(),
        )
        .join(Attempt, Attempt.submission_id == Submission.id)
        .join(Review, Review.attempt_id == Attempt.id)
        .outerjoin(Appeal, Appeal.review_id == Review.id)
        .outerjoin(Ruling, Ruling.appeal_id == Appeal.id)
        .where(Submission.cohort_id.in_(cohort_ids))
        .where(Submission.status == Status.RETURNED, ~is_kept_from(viewer))
        .group_by(Submission.id)
    )
    return {
        work: Return(max(at, kept_at or at), max(filter(None, moments), default=None))
        for work, at, kept_at, *moments in rows
    }


def _changes() -> list[sa.ScalarSelect[datetime]]:
    """When a team last wrote, added a file, ticked a remark, or asked something."""
    answered = aliased(Attempt)
    ticks = _last(Tick.ticked_at).join(answered, answered.id == Tick.attempt_id)
    changes = [
        _last(DraftField.saved_at).where(DraftField.submission_id == Submission.id),
        _last(DraftFile.uploaded_at).where(DraftFile.submission_id == Submission.id),
        _last(Deferral.asked_at).where(Deferral.submission_id == Submission.id),
        _last(Message.written_at).where(
            Message.submission_id == Submission.id, Message.voice == Voice.OWNER
        ),
        ticks.where(answered.submission_id == Submission.id),
    ]
    return [change.scalar_subquery() for change in changes]


def _last(moment: Any) -> sa.Select[datetime]:
    return sa.select(sa.func.max(moment)).select_from(moment.class_)


def _rows(query: sa.Executable) -> Any:
    return db.session.execute(query)
