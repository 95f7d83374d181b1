"""Everything that the desk shows of a work, gathered in a few statements."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from lms.core.extensions import db
from lms.course.cohorts.permissions import can_lead
from lms.course.content.assignment import Assignment, Criterion
from lms.course.content.tutor import TutorGuide
from lms.course.modules.contents import content_of
from lms.identity.accounts.models import User
from lms.review.remarks.services import ReadyRemark, ready_remarks
from lms.review.reviews.answers import CitedField, cited_answer
from lms.review.reviews.changes import Changes, changes_since
from lms.review.reviews.checklist import Checklist, Item, answered_checklist
from lms.review.reviews.judgement import Judgement, Mark, Note, notes_of
from lms.review.reviews.memory import Memory, memory_of
from lms.review.reviews.models import Lease, Review, ReviewDraft
from lms.review.reviews.opened import Opened
from lms.review.reviews.place import Place, place_of
from lms.review.reviews.queue import Filters
from lms.review.reviews.rows import due_in_words
from lms.work.submissions.models import Attempt, Submission, stands
from lms.work.submissions.services import assignment_of

Problems = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """One criterion on the desk: what is chosen, what was said last time."""

    number: int
    criterion: Criterion
    mark: Mark
    before: dict[str, Any] | None
    # What was asked of it last time, and whether the team holds it answered.
    asked: Item | None
    problem: str

    @property
    def key(self) -> str:
        return self.criterion.key


@dataclass(frozen=True)
class Desk:
    """A work as it lies before the one who looks at it."""

    submission: Submission
    attempts: list[Attempt]
    attempt: Attempt
    reviews: dict[int, Review]
    assignment: Assignment
    guide: TutorGuide | None
    draft: ReviewDraft | None
    judgement: Judgement
    # What another tab of the same tutor has saved, when that is not on the page.
    stored: Judgement | None
    lines: list[Line]
    answer: list[CitedField]
    # The name of a note that is not written yet.
    blank_note: str
    problems: Problems
    changes: Changes | None
    lease: Lease | None
    may_review: bool
    # A decision of this tutor waits until it can be cancelled no more.
    is_held_back: bool
    # Whether this tutor has the work and may type.
    writes: bool
    leads: bool
    ready: list[ReadyRemark]
    due: str
    place: Place | None
    memory: Memory

    @property
    def first_line(self) -> Line | None:
        """The criterion that is open first where there is room for one."""
        wrong = (line for line in self.lines if line.problem)
        unjudged = (line for line in self.lines if line.mark.points is None)
        return next(chain(wrong, unjudged, self.lines), None)


def read_desk(
    opened: Opened,
    user: User,
    filters: Filters,
    *,
    typed: Judgement | None = None,
    problems: Problems = (),
    show_stored: bool = False,
) -> Desk:
    """Lay a work out: as it is stored, or with what was just typed."""
    submission = opened.submission
    attempts, reviews, draft = _versions(submission, user)
    attempt, before = attempts[0], next(iter(attempts[1:]), None)
    assignment = assignment_of(attempt.revision)
    judgement = typed or Judgement.of(draft)
    last = reviews.get(before.id) if before else None
    asked = answered_checklist(attempts, reviews, attempt)
    waiting, held_back = submission.is_waiting, bool(draft and draft.is_held_back)
    is_taken = opened.lease is not None
    return Desk(
        submission=submission,
        attempts=attempts,
        attempt=attempt,
        reviews=reviews,
        assignment=assignment,
        guide=content_of(attempt.revision).tutor,
        draft=draft,
        judgement=judgement,
        stored=Judgement.of(draft) if show_stored else None,
        lines=lines_of(
            assignment, judgement, before=last, asked=asked, problems=problems
        ),
        answer=cited_answer(attempt, _shown_notes(judgement, reviews.get(attempt.id))),
        blank_note=secrets.token_hex(4),
        problems=problems,
        changes=changes_since(before, attempt, asked),
        lease=opened.lease,
        may_review=opened.may_review,
        is_held_back=held_back,
        writes=is_taken and opened.waits_for(user) and not held_back,
        leads=can_lead(user, submission.cohort),
        ready=ready_remarks(attempt.revision, user),
        due=due_in_words(submission),
        place=place_of(submission, user, filters) if waiting else None,
        memory=memory_of(submission, user),
    )


def _versions(
    submission: Submission, user: User
) -> tuple[list[Attempt], dict[int, Review], ReviewDraft | None]:
    """Return what was sent, newest first, its reviews, and what the reader types."""
    asked = {"work_id": submission.id, "reader_id": user.id}
    rows: Any = db.session.execute(_sent(), asked).all()
    reviews = {attempt.id: review for attempt, review, _ in rows if review}
    return [attempt for attempt, _, _ in rows], reviews, rows[0][2]


@cache
def _sent() -> sa.Select[Attempt, Review, ReviewDraft]:
    """Load versions and all that a page says of them; another tab may have typed."""
    own = sa.and_(
        ReviewDraft.attempt_id == Attempt.id,
        ReviewDraft.tutor_id == sa.bindparam("reader_id"),
    )
    return (
        sa.select(Attempt, Review, ReviewDraft)
        .outerjoin(Review, Review.attempt_id == Attempt.id)
        .outerjoin(ReviewDraft, own)
        .where(Attempt.submission_id == sa.bindparam("work_id"), stands())
        .order_by(Attempt.number.desc())
        .options(
            joinedload(Attempt.sent_by),
            joinedload(Attempt.revision),
            selectinload(Attempt.files),
            joinedload(Review.tutor),
            selectinload(Review.readings),
        )
        .execution_options(populate_existing=True)
    )


def _shown_notes(judgement: Judgement, review: Review | None) -> tuple[Note, ...]:
    return notes_of(review) if review else judgement.notes


def lines_of(
    assignment: Assignment,
    judgement: Judgement,
    *,
    before: Review | None,
    asked: Checklist | None,
    problems: Problems,
) -> list[Line]:
    """Return the rubric as the tutor fills it in."""
    said = {level["key"]: level for level in before.levels} if before else {}
    items = {item.key: item for item in asked.items} if asked else {}
    wrong = dict(problems)
    return [
        Line(
            number=number,
            criterion=criterion,
            mark=judgement.mark(criterion.key),
            before=said.get(criterion.key),
            asked=items.get(criterion.key),
            problem=wrong.get(criterion.key, ""),
        )
        for number, criterion in enumerate(assignment.rubric, start=1)
    ]
