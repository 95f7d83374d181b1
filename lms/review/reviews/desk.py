"""Everything that the desk shows of a work, gathered in a few statements."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lms.course.cohorts.permissions import can_lead
from lms.course.content.assignment import Assignment, Criterion
from lms.identity.accounts.models import User
from lms.review.remarks.services import ReadyRemark, ready_remarks
from lms.review.reviews.answers import CitedField, cited_answer
from lms.review.reviews.changes import Changes, changes_since
from lms.review.reviews.checklist import Checklist, Item, answered_checklist
from lms.review.reviews.drafts import draft_of
from lms.review.reviews.judgement import Judgement, Mark, Note, notes_of
from lms.review.reviews.leases import lease_of
from lms.review.reviews.memory import Memory, memory_of
from lms.review.reviews.models import Lease, Review, ReviewDraft
from lms.review.reviews.permissions import can_review
from lms.review.reviews.place import Place, place_of
from lms.review.reviews.queue import Filters
from lms.review.reviews.rows import due_in_words
from lms.review.reviews.services import reviews_of
from lms.work.submissions.models import Attempt, Submission
from lms.work.submissions.services import assignment_of, attempts_of

Problems = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """One criterion on the desk: what is chosen, what was said last time."""

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
    leads: bool
    ready: list[ReadyRemark]
    due: str
    place: Place | None
    memory: Memory


def read_desk(
    submission: Submission,
    user: User,
    filters: Filters,
    *,
    typed: Judgement | None = None,
    problems: Problems = (),
    show_stored: bool = False,
) -> Desk:
    """Lay a work out: as it is stored, or with what was just typed."""
    attempts = attempts_of(submission)
    attempt, before = attempts[0], next(iter(attempts[1:]), None)
    reviews = reviews_of(attempts)
    assignment = assignment_of(attempt.revision)
    draft = draft_of(attempt, user)
    judgement = typed or Judgement.of(draft)
    last = reviews.get(before.id) if before else None
    asked = answered_checklist(attempts, reviews, attempt)
    waiting = submission.is_waiting
    return Desk(
        submission=submission,
        attempts=attempts,
        attempt=attempt,
        reviews=reviews,
        assignment=assignment,
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
        lease=lease_of(submission),
        may_review=can_review(user, submission),
        leads=can_lead(user, submission.cohort),
        ready=ready_remarks(attempt.revision, user),
        due=due_in_words(submission),
        place=place_of(submission, user, filters) if waiting else None,
        memory=memory_of(submission, user),
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
            criterion=criterion,
            mark=judgement.mark(criterion.key),
            before=said.get(criterion.key),
            asked=items.get(criterion.key),
            problem=wrong.get(criterion.key, ""),
        )
        for criterion in assignment.rubric
    ]
