"""An answer with the notes of a tutor beside the words that they are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.review.reviews.judgement import Note, notes_of
from lms.review.reviews.models import Review
from lms.text.citation import Passage, cite
from lms.work.submissions.models import Attempt


@dataclass(frozen=True)
class CitedField:
    """One field of an answer, cut where a note stands."""

    key: str
    label: str
    passages: list[Passage[Note]]


def cited_answer(attempt: Attempt, notes: Sequence[Note]) -> list[CitedField]:
    """Return the fields in the order of the form; notes are numbered as they came."""
    numbered = list(enumerate(notes, start=1))
    return [
        CitedField(
            key=field["key"],
            label=field["label"],
            passages=cite(
                field["html"],
                [(n, note) for n, note in numbered if note.field == field["key"]],
            ),
        )
        for field in attempt.fields
    ]


def reviewed_answer(attempt: Attempt, review: Review | None) -> list[CitedField]:
    """Return an answer as the team reads it: with the notes of the released review."""
    return cited_answer(attempt, notes_of(review) if review else ())
