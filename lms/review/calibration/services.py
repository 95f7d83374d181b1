"""What is kept of a calibration."""

import logging
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.modules.contents import content_of
from lms.course.modules.models import Revision
from lms.identity.accounts.models import User
from lms.review.calibration.comparison import Calibrated, Levels, Overview, compare
from lms.review.calibration.models import Calibration

logger = logging.getLogger(__name__)


def score_samples(revision: Revision, scores: Sequence[Levels], *, tutor: User) -> None:
    """Keep what a tutor gave the samples; the first answer stays, it is no exam.

    Two tabs may send at once: the unique constraint leaves one of them.
    """
    assignment = content_of(revision).assignment
    rubric = assignment.rubric if assignment else []
    if any(levels.get(c.key) is None for levels in scores for c in rubric):
        raise RuleError("Выберите уровень по каждому критерию в обоих ответах.")
    calibration = Calibration(
        tutor_id=tutor.id,
        module_id=revision.module_id,
        revision_id=revision.id,
        rubric_hash=revision.rubric_hash,
        scores=[dict(levels) for levels in scores],
    )
    try:
        with db.session.begin_nested():
            db.session.add(calibration)
    except sa.exc.IntegrityError:
        db.session.rollback()
        return
    db.session.commit()
    logger.info("revision %s: calibrated by user %s", revision.id, tutor.id)


def overview_of(revision: Revision, tutors: Sequence[User]) -> Overview:
    """Compare tutors with the author by the rubric of a revision, latest first."""
    found = db.session.scalars(
        sa.select(Calibration)
        .filter_by(module_id=revision.module_id, rubric_hash=revision.rubric_hash)
        .where(Calibration.tutor_id.in_([tutor.id for tutor in tutors]))
        .order_by(Calibration.calibrated_at.desc(), Calibration.id.desc())
        .options(
            joinedload(Calibration.tutor),
            selectinload(Calibration.revision),
        )
    )
    done = [_compared(calibration) for calibration in found]
    there = {calibrated.tutor.id for calibrated in done}
    return Overview(done, [tutor for tutor in tutors if tutor.id not in there])


def _compared(calibration: Calibration) -> Calibrated:
    content = content_of(calibration.revision)
    if content.assignment is None or content.tutor is None:
        raise LookupError(f"calibration {calibration.id} has no samples")
    samples = compare(content.assignment, content.tutor.samples, calibration.scores)
    return Calibrated(calibration.tutor, calibration.calibrated_at, samples)


def calibration_of(tutor: User, revision: Revision) -> Calibration | None:
    """Return what a tutor gave the samples of a rubric, or None."""
    return db.session.scalar(
        sa.select(Calibration).filter_by(
            tutor_id=tutor.id,
            module_id=revision.module_id,
            rubric_hash=revision.rubric_hash,
        )
    )
