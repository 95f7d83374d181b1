"""Works that were judged by another rubric than the one of a revision."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, selectinload

from lms.core.extensions import db
from lms.course.modules.models import Revision
from lms.review.moderation.models import Reading
from lms.review.reviews.models import Review
from lms.schools.teams.models import Team
from lms.work.submissions.models import Attempt, Status, Submission, is_newest

JUDGED = (Status.ACCEPTED, Status.RETURNED)


@dataclass(frozen=True)
class Affected:
    """How many works stand under another rubric, by where they are."""

    accepted: int = 0
    returned: int = 0
    waiting: int = 0

    @property
    def judged(self) -> int:
        return self.accepted + self.returned

    @property
    def total(self) -> int:
        return self.judged + self.waiting


def count_affected(revision: Revision) -> Affected:
    """Count the works that a revision with another rubric leaves behind."""
    if revision.rubric_hash is None:
        return Affected()
    rows = db.session.execute(
        sa.select(Submission.status, sa.func.count())
        .join(Attempt, Attempt.submission_id == Submission.id)
        .join(Revision, Revision.id == Attempt.revision_id)
        .where(*_by_another_rubric(revision), Submission.status != Status.DRAFT)
        .group_by(Submission.status)
    )
    return Affected(**{status.name.lower(): count for status, count in rows})


def affected_by_publishing(revision: Revision) -> Affected:
    """Count what would be left behind; nothing while the rubric stays as it is."""
    live = revision.module.current_revision
    same = live is not None and live.rubric_hash == revision.rubric_hash
    return Affected() if same else count_affected(revision)


def affected_reviews(revision: Revision) -> sa.Select[Review]:
    """Return the reviews that decided by another rubric and still stand."""
    work = contains_eager(Review.attempt).contains_eager(Attempt.submission)
    return (
        sa.select(Review)
        .join(Review.attempt)
        .join(Attempt.submission)
        .join(Revision, Revision.id == Attempt.revision_id)
        .where(*_by_another_rubric(revision), Submission.status.in_(JUDGED))
        .order_by(Submission.status.desc(), Review.released_at.desc(), Review.id)
        .options(
            contains_eager(Review.attempt).options(defer(Attempt.fields)),
            work.selectinload(Submission.team).selectinload(Team.school),
            work.selectinload(Submission.cohort),
            work.selectinload(Submission.user),
            selectinload(Review.tutor),
        )
    )


def readings_for(revision: Revision, reviews: list[Review]) -> dict[int, Reading]:
    """Return what was asked for by the rubric of a revision, by review."""
    readings = db.session.scalars(
        sa.select(Reading)
        .where(Reading.review_id.in_([review.id for review in reviews]))
        .where(Reading.rubric_hash == revision.rubric_hash)
        .options(selectinload(Reading.opinion))
    )
    return {reading.review_id: reading for reading in readings}


def _by_another_rubric(revision: Revision) -> list[sa.ColumnElement[bool]]:
    """Find works of the module whose newest version answers another rubric."""
    return [
        Submission.module_id == revision.module_id,
        is_newest(),
        Revision.rubric_hash.is_distinct_from(revision.rubric_hash),
    ]
