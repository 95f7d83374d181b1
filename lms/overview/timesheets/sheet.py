"""The rows of a month: works that were judged, read a second time, meetings held.

All of it is of what never changes, reviews and opinions that were released and
meetings that are over, so a month that is over stays as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, defer, joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.cohorts.programme import numbered
from lms.identity.accounts.models import User
from lms.overview.progress.answers import Pace, pace_of_hours
from lms.overview.timesheets.month import Month
from lms.overview.timesheets.permissions import in_shown_month, sees_whole_month
from lms.overview.timesheets.questions import AnsweredQuestion, answered_questions
from lms.review.moderation.models import Opinion, Reading
from lms.review.reviews.models import Review
from lms.review.reviews.permissions import works_to_read_blind
from lms.schools.meetings.models import Meeting
from lms.schools.teams.models import Team
from lms.work.submissions.models import Attempt, Submission, stands

# What a second reader is told of the first decision before both are done.
KEPT = "ждёт второго чтения"


class Version(NamedTuple):
    """A version of a work, as the rows of a month name it."""

    submission_id: int
    # As addresses have it, and as people count: what was taken back counts nowhere.
    attempt_number: int
    number: int
    owner: str
    lesson: str
    cohort: str


class Answer(NamedTuple):
    """A version that the tutor decided about."""

    version: Version
    sent_at: datetime
    answered_at: datetime
    verdict: str

    @property
    def hours(self) -> float:
        """How long the team waited; where clocks jumped, no time at all."""
        return max(0.0, (self.answered_at - self.sent_at).total_seconds() / 3600)


class SecondReading(NamedTuple):
    """A version that the tutor read after a colleague."""

    version: Version
    kind: str
    asked_at: datetime
    read_at: datetime
    verdict: str


@dataclass(frozen=True)
class Sheet:
    """What a tutor has done in a month, as far as the viewer may know it."""

    tutor: User
    month: Month
    answers: list[Answer]
    readings: list[SecondReading]
    questions: list[AnsweredQuestion]
    meetings: list[Meeting]
    # The lead tutor who looks, when only the cohorts of the lead are in it.
    lead: User | None

    @property
    def works(self) -> int:
        """Works, however many versions of each were answered."""
        return len({answer.version.submission_id for answer in self.answers})

    @property
    def pace(self) -> Pace | None:
        """How long teams waited; nothing where nobody did."""
        hours = [answer.hours for answer in self.answers]
        return pace_of_hours(hours) if hours else None

    @property
    def question_pace(self) -> Pace | None:
        """How long questions about lessons waited; nothing where there were none."""
        hours = [question.hours for question in self.questions]
        return pace_of_hours(hours) if hours else None

    @property
    def is_empty(self) -> bool:
        works = self.answers or self.readings
        return not (works or self.questions or self.meetings)


def sheet_of(tutor: User, month: Month, *, viewer: User) -> Sheet:
    """Read the month of a tutor; four statements, however much was done."""
    return Sheet(
        tutor,
        month,
        _answers(tutor, month, viewer),
        _readings(tutor, month, viewer),
        answered_questions(tutor, month, viewer),
        _meetings(tutor, month, viewer),
        None if sees_whole_month(viewer, tutor) else viewer,
    )


def _answers(tutor: User, month: Month, viewer: User) -> list[Answer]:
    works = works_to_read_blind(viewer)
    is_kept = Submission.id.in_(works) & (Review.tutor_id != viewer.id)
    rows = db.session.execute(
        sa.select(Review, _version_number(), is_kept)
        .join(Review.attempt)
        .join(Attempt.submission)
        .where(Review.tutor_id == tutor.id, month.holds(Review.released_at), stands())
        .where(in_shown_month(viewer, Review.tutor_id, Submission.cohort_id))
        .order_by(Review.released_at, Review.id)
        .options(contains_eager(Review.attempt).options(*_names()))
        .options(defer(Review.levels), defer(Review.notes), defer(Review.summary))
    )
    return [
        Answer(
            _version(review.attempt, number),
            review.attempt.sent_at,
            review.released_at,
            KEPT if kept else review.verdict.value,
        )
        for review, number, kept in rows.unique()
    ]


def _readings(tutor: User, month: Month, viewer: User) -> list[SecondReading]:
    attempt = contains_eager(Opinion.reading).contains_eager(Reading.review)
    rows = db.session.execute(
        sa.select(Opinion, _version_number())
        .join(Opinion.reading)
        .join(Reading.review)
        .join(Review.attempt)
        .join(Attempt.submission)
        .where(Opinion.reader_id == tutor.id, month.holds(Opinion.released_at))
        .where(in_shown_month(viewer, Opinion.reader_id, Submission.cohort_id))
        .order_by(Opinion.released_at, Opinion.reading_id)
        .options(attempt.contains_eager(Review.attempt).options(*_names()))
        .options(defer(Opinion.levels), defer(Opinion.words))
    )
    return [
        SecondReading(
            _version(opinion.reading.review.attempt, number),
            opinion.reading.kind.value,
            opinion.reading.asked_at,
            opinion.released_at,
            opinion.verdict.value,
        )
        for opinion, number in rows.unique()
    ]


def _meetings(tutor: User, month: Month, viewer: User) -> list[Meeting]:
    """Return those that the tutor has called and that are over."""
    called: Sequence[Meeting] = db.session.scalars(
        sa.select(Meeting)
        .where(Meeting.created_by_id == tutor.id, month.holds(Meeting.starts_at))
        .where(Meeting.cancelled_at.is_(None), Meeting.starts_at < utcnow())
        .where(in_shown_month(viewer, Meeting.created_by_id, Meeting.cohort_id))
        .order_by(Meeting.starts_at, Meeting.id)
        .options(joinedload(Meeting.team).joinedload(Team.school))
        .options(joinedload(Meeting.cohort), joinedload(Meeting.territory))
    ).all()
    return [meeting for meeting in called if meeting.is_over]


def _names() -> list[_AbstractLoad]:
    """Load what a row says of a version, and not the answers in it."""
    work = contains_eager(Attempt.submission)
    return [
        defer(Attempt.fields),
        joinedload(Attempt.revision),
        work.joinedload(Submission.module),
        work.joinedload(Submission.cohort),
        work.joinedload(Submission.user),
        work.joinedload(Submission.team).joinedload(Team.school),
    ]


def _version_number() -> sa.ScalarSelect[int]:
    """Count the versions that stand, up to this one."""
    earlier = aliased(Attempt)
    return (
        sa.select(sa.func.count(earlier.id))
        .where(earlier.submission_id == Attempt.submission_id)
        .where(earlier.number <= Attempt.number, stands(earlier))
        .correlate(Attempt)
        .scalar_subquery()
    )


def _version(attempt: Attempt, number: int) -> Version:
    work = attempt.submission
    lesson = numbered(work.module.position, attempt.revision.title)
    place = work.id, attempt.number, number
    return Version(*place, work.owner, lesson, work.cohort.name)
