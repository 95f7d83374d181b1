"""Everything that the desk shows of a work, gathered in a few statements."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lms.accounts.models import User
from lms.cohorts.permissions import can_lead
from lms.difference import Difference, compare
from lms.modules.assignment import Assignment, Criterion
from lms.remarks.services import ReadyRemark, ready_remarks
from lms.reviews.answers import CitedField, cited_answer
from lms.reviews.drafts import draft_of
from lms.reviews.judgement import Judgement, Mark, Note, notes_of
from lms.reviews.leases import lease_of
from lms.reviews.memory import Memory, memory_of
from lms.reviews.models import Lease, Review, ReviewDraft
from lms.reviews.permissions import can_review
from lms.reviews.queue import Filters, Place, place_of
from lms.reviews.rows import due_in_words
from lms.reviews.services import assignment_of, reviews_of
from lms.submissions.models import Attempt, Submission
from lms.submissions.services import attempts_of

Problems = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """One criterion on the desk: what is chosen, what was said last time."""

    criterion: Criterion
    mark: Mark
    before: dict[str, Any] | None
    problem: str

    @property
    def key(self) -> str:
        return self.criterion.key


@dataclass(frozen=True)
class FieldChange:
    """What became of one field since the version before."""

    label: str
    difference: Difference


@dataclass(frozen=True)
class Changes:
    """What became of the whole answer since the version before."""

    since: int
    fields: list[FieldChange]

    @property
    def touched(self) -> list[FieldChange]:
        return [field for field in self.fields if not field.difference.is_empty]

    @property
    def untouched(self) -> list[str]:
        return [field.label for field in self.fields if field.difference.is_empty]

    @property
    def added(self) -> int:
        return sum(field.difference.added for field in self.fields)

    @property
    def removed(self) -> int:
        return sum(field.difference.removed for field in self.fields)


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


def lay_desk(
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
    assignment = assignment_of(attempt)
    draft = draft_of(attempt, user)
    judgement = typed or Judgement.of(draft)
    last = reviews.get(before.id) if before else None
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
        lines=lines_of(assignment, judgement, before=last, problems=problems),
        answer=cited_answer(attempt, _shown_notes(judgement, reviews.get(attempt.id))),
        blank_note=secrets.token_hex(4),
        problems=problems,
        changes=changes_since(before, attempt),
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
    problems: Problems,
) -> list[Line]:
    """Return the rubric as the tutor fills it in."""
    levels = before.levels if before else []
    said = {level["key"]: level for level in levels}
    wrong = dict(problems)
    return [
        Line(
            criterion=criterion,
            mark=judgement.mark(criterion.key),
            before=said.get(criterion.key),
            problem=wrong.get(criterion.key, ""),
        )
        for criterion in assignment.rubric
    ]


def changes_since(before: Attempt | None, attempt: Attempt) -> Changes | None:
    """Compare an attempt with the one before it; None for a first one.

    A field that the assignment has dropped since is shown as removed.
    """
    if before is None:
        return None
    old = {field["key"]: field for field in before.fields}
    new = {field["key"]: field for field in attempt.fields}
    fields = [
        FieldChange(
            (new.get(key) or old[key])["label"],
            compare(old.get(key, {}).get("text", ""), new.get(key, {}).get("text", "")),
        )
        for key in [*new, *(key for key in old if key not in new)]
    ]
    return Changes(before.number, fields)
