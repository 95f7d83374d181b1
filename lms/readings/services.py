"""What may happen to readings: asked for once, read once."""

import logging
from collections.abc import Collection

import sqlalchemy as sa

from lms.accounts.models import User
from lms.audit.services import record
from lms.errors import RuleError
from lms.extensions import db
from lms.language import plural
from lms.modules.assignment import Assignment
from lms.modules.models import Revision
from lms.modules.services import content_of
from lms.readings.affected import affected_reviews
from lms.readings.models import Kind, Opinion, Reading
from lms.readings.permissions import readable
from lms.reviews.judgement import Judgement
from lms.reviews.models import Cause, Review, Verdict
from lms.reviews.reversals import accept_after_all
from lms.reviews.services import UnfinishedError

logger = logging.getLogger(__name__)


def count_readings(user: User) -> int:
    """Count what a tutor may read again."""
    waiting = readable(user).with_only_columns(sa.func.count())
    return db.session.scalar(waiting) or 0


def assignment_of(reading: Reading) -> Assignment:
    """Return the assignment with the rubric that the reader judges by."""
    assignment = content_of(reading.revision).assignment
    if assignment is None:
        raise LookupError(f"reading {reading.id} has no rubric")
    return assignment


def ask_for_new_look(
    revision: Revision, review_ids: Collection[int], *, admin: User
) -> int:
    """Send works that an older rubric judged to a new look; return how many.

    Only those; asking for one of them again changes nothing, and neither do two
    admins who ask at once.
    """
    chosen = affected_reviews(revision).where(Review.id.in_(review_ids))
    asked = 0
    for review in db.session.scalars(chosen).all():
        if not _ask(review, revision, admin):
            continue
        asked += 1
        work = review.attempt.submission
        facts = {"работа": work.owner, "версия занятия": revision.number}
        record(admin.id, "послана на новый взгляд", work, after=facts)
    db.session.commit()
    logger.info("revision %s: %s new looks", revision.id, asked)
    return asked


def _ask(review: Review, revision: Revision, admin: User) -> bool:
    reading = Reading(
        review_id=review.id,
        kind=Kind.NEW_RUBRIC,
        revision_id=revision.id,
        rubric_hash=revision.rubric_hash,
        asked_by_id=admin.id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(reading)
    except sa.exc.IntegrityError:
        return False
    return True


def release_opinion(
    reading: Reading, judgement: Judgement, *, reader: User, accepts: bool = False
) -> Opinion:
    """Keep what a reader found; of two readers the first one counts.

    `accepts` lets a returned work count after all, if the points are enough. There
    is no way from here to turn an accepted work into a returned one.
    """
    assignment = assignment_of(reading)
    if missing := judgement.missing(assignment):
        sentences = [(c.key, f"Выберите уровень: «{c.title}».") for c in missing]
        raise UnfinishedError(sentences)
    enough = judgement.points >= assignment.pass_points
    if accepts and not enough:
        need = plural(assignment.pass_points, "балл", "балла", "баллов")
        words = f"Для зачёта нужно {need}, а сейчас {judgement.points}."
        raise UnfinishedError([("", words)])
    opinion = Opinion(
        reading_id=reading.id,
        reader_id=reader.id,
        levels=judgement.levels(assignment),
        points=judgement.points,
        verdict=Verdict.ACCEPTED if enough else Verdict.RETURNED,
        words=judgement.summary.strip(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(opinion)
    except sa.exc.IntegrityError:
        db.session.rollback()
        raise RuleError("Коллега прочитал эту работу раньше вас.") from None
    if accepts:
        accept_after_all(
            reading.review, cause=Cause.NEW_LOOK, words=opinion.words, actor=reader
        )
    facts = {"баллы": opinion.points, "зачесть": accepts}
    work = reading.review.attempt.submission
    record(reader.id, f"{reading.kind.value}: прочитано", work, after=facts)
    db.session.commit()
    logger.info("reading %s: read by user %s", reading.id, reader.id)
    return opinion
