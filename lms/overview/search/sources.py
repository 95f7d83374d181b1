"""From which rows passages are made, and how."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.course.modules.models import Revision
from lms.monitoring.projects.models import Event
from lms.outcomes.plans.models import PlanEdit
from lms.overview.announcements.models import Announcement
from lms.overview.search.models import Kind
from lms.overview.search.texts import (
    of_attempt,
    of_excerpt,
    of_lesson,
    of_review,
    of_words,
)
from lms.review.questions.models import Answer, Question, Shared
from lms.review.reviews.models import Review
from lms.review.threads.models import Message
from lms.schools.teams.models import Team
from lms.work.drafts.files import TYPES
from lms.work.previews.models import StoredExcerpt
from lms.work.submissions.models import Attempt, AttemptFile, Submission, stands

OWNED = (
    Submission.id.label("submission_id"),
    Submission.module_id,
    Submission.team_id,
    Submission.user_id,
)
# By its cohort a text is found by tutors. What was taken back has none for them.
COHORT, COHORT_IF_STANDS = (
    Submission.cohort_id,
    sa.case((stands(), Submission.cohort_id)).label("cohort_id"),
)


class Source(NamedTuple):
    """From which rows passages of a kind are made, and how."""

    kind: Kind
    model: Any
    rows: sa.Select[Any]
    # What follows the places in a row.
    text_of: Callable[..., Iterable[str]]


def _works(model: Any, *parts: Any) -> sa.Select[Any]:
    return sa.select(model.id.label("source_id"), *OWNED, *parts).select_from(model)


def _teams(model: Any, *places: Any) -> sa.Select[Any]:
    return sa.select(model.id.label("source_id"), Team.cohort_id, *places).join(
        Team, Team.id == model.team_id
    )


def _while_there(*words: Any) -> list[Any]:
    """Of an event that was removed nothing is found, and it still has its passage."""
    there = Event.removed_at.is_(None)
    return [sa.case((there, one), else_="").label(one.key) for one in words]


_answers = (
    sa.select(sa.func.aggregate_strings(Answer.text, "\n"))
    .where(Answer.question_id == Question.id)
    .scalar_subquery()
)
_stands = Announcement.withdrawn_at.is_(None)
_shared: Any = sa.select(
    Shared.question_id.label("source_id"),
    Question.module_id,
    Shared.wording,
    Shared.answer,
).join(Question, Question.id == Shared.question_id)
_kind_of_file = sa.case(
    {media: kind for kind, media in TYPES.items()},
    value=AttemptFile.media_type,
    else_="",
)
SOURCES = [
    Source(
        Kind.LESSON,
        Revision,
        sa.select(Revision.id.label("source_id"), Revision.module_id, Revision.content),
        of_lesson,
    ),
    Source(
        Kind.WORK,
        Attempt,
        _works(Attempt, COHORT_IF_STANDS, Attempt.fields).join(Attempt.submission),
        of_attempt,
    ),
    Source(
        Kind.REMARK,
        Review,
        _works(Review, COHORT, Review.levels, Review.notes, Review.summary)
        .join(Review.attempt)
        .join(Attempt.submission),
        of_review,
    ),
    Source(
        Kind.MESSAGE,
        Message,
        _works(Message, COHORT, Message.text).join(
            Submission, Submission.id == Message.submission_id
        ),
        of_words,
    ),
    Source(
        Kind.EDIT,
        PlanEdit,
        _teams(
            PlanEdit,
            PlanEdit.team_id,
            PlanEdit.module_id,
            Attempt.submission_id,
            PlanEdit.text,
        ).join(Attempt, Attempt.id == PlanEdit.attempt_id),
        of_words,
    ),
    Source(
        Kind.ACTION,
        Event,
        _teams(
            Event,
            Event.team_id,
            *_while_there(
                Event.what, Event.who, Event.fact, Event.why_not, Event.correction
            ),
        ),
        of_words,
    ),
    Source(
        Kind.DOCUMENT,
        AttemptFile,
        _works(AttemptFile, COHORT_IF_STANDS, AttemptFile.name, StoredExcerpt.content)
        .join(Attempt, Attempt.id == AttemptFile.attempt_id)
        .join(Attempt.submission)
        .outerjoin(
            StoredExcerpt,
            sa.and_(
                StoredExcerpt.sha256 == AttemptFile.sha256,
                StoredExcerpt.kind == _kind_of_file,
            ),
        ),
        of_excerpt,
    ),
    Source(
        Kind.QUESTION,
        Question,
        _teams(
            Question,
            Question.team_id,
            Question.author_id.label("user_id"),
            Question.module_id,
            Question.text,
            _answers.label("answers"),
        ),
        of_words,
    ),
    Source(
        Kind.SHARED,
        Shared,
        _shared,
        of_words,
    ),
    Source(
        Kind.ANNOUNCEMENT,
        Announcement,
        sa.select(
            Announcement.id.label("source_id"),
            Announcement.cohort_id,
            Announcement.team_id,
            # What was withdrawn has no words by which it is found.
            sa.case((_stands, Announcement.title), else_=""),
            sa.case((_stands, Announcement.text), else_=""),
        ),
        of_words,
    ),
]
# What of a row is copied as it is; the rest is text.
PLACES = {"source_id", "submission_id", "module_id", "cohort_id", "team_id", "user_id"}
