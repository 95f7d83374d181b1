"""What may happen to readings: asked for once, read once."""

import logging
from collections.abc import Collection

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import plural
from lms.course.cohorts.models import Cohort, cohort_tutor
from lms.course.modules.models import Revision
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.review.moderation.affected import affected_reviews
from lms.review.moderation.models import Kind, Opinion, Outcome, Reading, Settlement
from lms.review.moderation.permissions import readable, unsettled
from lms.review.reviews.judgement import Judgement
from lms.review.reviews.models import Cause, Review, Verdict
from lms.review.reviews.reversals import accept_after_all
from lms.review.reviews.services import UnfinishedError
from lms.review.reviews.signals import review_released
from lms.work.submissions.models import Attempt, Status, Submission
from lms.work.submissions.services import assignment_of

MAX_WORDS = 4000

logger = logging.getLogger(__name__)


def readings_count(user: User) -> sa.ColumnElement[int]:
    """Count, in another statement, what a person may read again or has to settle."""
    waiting = readable(user).with_only_columns(sa.func.count())
    apart = unsettled(user).with_only_columns(sa.func.count())
    return waiting.scalar_subquery() + apart.scalar_subquery()


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


@review_released.connect
def draw_for_second_reader(review: Review) -> None:
    """Draw a share of works for a second reader, when each is first decided about.

    A counter and no dice: of a hundred works exactly the share is drawn, and the
    row of the cohort lets no two reviews count the same step.
    """
    submission = review.attempt.submission
    if not _is_drawable(review, submission):
        return
    share, counter = Cohort.second_share, Cohort.second_counter
    is_full = db.session.scalar(
        sa.update(Cohort)
        .where(Cohort.id == submission.cohort_id)
        .values(second_counter=(counter + share) % 100)
        .returning(counter < share)
        .execution_options(synchronize_session=False)
    )
    if is_full:
        revision = review.attempt.revision
        facts = {"revision": revision, "rubric_hash": revision.rubric_hash}
        db.session.add(Reading(review_id=review.id, kind=Kind.SECOND, **facts))


def _is_drawable(review: Review, submission: Submission) -> bool:
    """Tell whether nothing was decided before, and a colleague could read the work."""
    decided = sa.exists().where(
        Attempt.submission_id == submission.id,
        Review.attempt_id == Attempt.id,
        Review.id != review.id,
    )
    colleague = sa.exists().where(
        cohort_tutor.c.cohort_id == submission.cohort_id,
        cohort_tutor.c.user_id != review.tutor_id,
    )
    is_drawable = sa.select(~decided & colleague)
    return submission.cohort.second_share > 0 and bool(db.session.scalar(is_drawable))


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
    assignment = assignment_of(reading.revision)
    if missing := judgement.missing(assignment):
        raise UnfinishedError(missing)
    if reading.is_second and reading.review.tutor_id == reader.id:
        raise RuleError("Вторым читает другой тьютор: первое решение здесь ваше.")
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
        differs=_differs(reading, judgement.points, enough=enough),
        words=judgement.summary.strip(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(opinion)
    except sa.exc.IntegrityError:
        db.session.rollback()
        raise RuleError("Коллега прочитал эту работу раньше вас.") from None
    if accepts and not reading.is_second:
        accept_after_all(
            reading.review, cause=Cause.NEW_LOOK, words=opinion.words, actor=reader
        )
    facts = {"баллы": opinion.points, "зачесть": accepts}
    work = reading.review.attempt.submission
    record(reader.id, f"{reading.kind.value}: прочитано", work, after=facts)
    db.session.commit()
    logger.info("reading %s: read by user %s", reading.id, reader.id)
    return opinion


def _differs(reading: Reading, points: int, *, enough: bool) -> bool:
    """Tell whether two tutors judged by one rubric and came too far apart."""
    if not reading.is_second:
        return False
    review = reading.review
    cohort = review.attempt.submission.cohort
    other = (review.verdict is Verdict.ACCEPTED) != enough
    return other or abs(points - review.points) > cohort.second_threshold


def outcomes_for(reading: Reading) -> list[Outcome]:
    """Return what may become of a difference: only a returned work can be accepted."""
    if reading.review.attempt.submission.status is Status.RETURNED:
        return list(Outcome)
    return [Outcome.KEEP, Outcome.TALK]


def settle(reading: Reading, outcome: Outcome, *, words: str, lead: User) -> None:
    """Keep what the lead tutor makes of a difference; of two answers one counts.

    A returned work may count after all; what was accepted stays accepted.
    """
    words = words.strip()
    if outcome is Outcome.ACCEPT and not words:
        raise RuleError("Напишите команде, почему работа зачтена.")
    settlement = Settlement(
        reading_id=reading.id, outcome=outcome, words=words, settled_by_id=lead.id
    )
    try:
        with db.session.begin_nested():
            db.session.add(settlement)
    except sa.exc.IntegrityError:
        db.session.rollback()
        raise RuleError("По этой разнице уже решили. Обновите страницу.") from None
    review = reading.review
    if outcome is Outcome.ACCEPT:
        accept_after_all(review, cause=Cause.SECOND_READER, words=words, actor=lead)
    facts = {"итог": outcome.value, "слова": words}
    work = review.attempt.submission
    record(lead.id, "разница двух чтений", work, after=facts)
    db.session.commit()
    logger.info("reading %s: %s by user %s", reading.id, outcome.name, lead.id)
