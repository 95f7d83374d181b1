"""What a tutor has to say about an attempt, finished or not."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, ClassVar, Self

from lms.course.content.assignment import Assignment, Criterion
from lms.review.reviews.models import Review, ReviewDraft


@dataclass(frozen=True)
class Mark:
    """The level of one criterion and the remark beside it."""

    points: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class Note:
    """A remark tied to words of one field: to their `at`-th occurrence there."""

    id: str
    field: str
    quote: str
    at: int
    text: str


@dataclass(frozen=True)
class Judgement:
    """A mark for each criterion, notes beside the answer, and the summary."""

    MAX_REMARK: ClassVar = 4000
    MAX_SUMMARY: ClassVar = 8000
    MAX_NOTES: ClassVar = 50
    # A longer quote is a whole page, and not a fragment.
    MAX_QUOTE: ClassVar = 2000

    marks: Mapping[str, Mark] = field(default_factory=dict)
    summary: str = ""
    notes: tuple[Note, ...] = ()

    @classmethod
    def of(cls, draft: ReviewDraft | None) -> Self:
        """Read a draft; without one nothing is said yet."""
        if draft is None:
            return cls()
        marks = {key: Mark(**mark) for key, mark in draft.levels.items()}
        return cls(marks, draft.summary, notes_of(draft))

    @property
    def as_columns(self) -> dict[str, Any]:
        """Return the judgement as the columns of a draft."""
        return {
            "levels": {key: asdict(mark) for key, mark in self.marks.items()},
            "notes": [asdict(note) for note in self.notes],
            "summary": self.summary,
        }

    def mark(self, key: str) -> Mark:
        return self.marks.get(key, Mark())

    def with_remark(self, key: str, text: str) -> Self:
        """Return the judgement with a ready remark after what is typed already."""
        mark = self.mark(key)
        remark = f"{mark.remark.rstrip()}\n\n{text}".lstrip()
        return replace(self, marks={**self.marks, key: replace(mark, remark=remark)})

    def without_note(self, name: str) -> Self:
        return replace(self, notes=tuple(n for n in self.notes if n.id != name))

    @property
    def points(self) -> int:
        return sum(mark.points or 0 for mark in self.marks.values())

    @property
    def has_words(self) -> bool:
        remarks = [mark.remark for mark in self.marks.values()]
        texts = [*remarks, *(note.text for note in self.notes), self.summary]
        return any(text.strip() for text in texts)

    @property
    def written_notes(self) -> list[dict[str, Any]]:
        """Return the notes that say something, as a released review keeps them."""
        return [asdict(note) for note in self.notes if note.text.strip()]

    def missing(self, assignment: Assignment) -> list[tuple[str, str]]:
        """Ask for each level that is not chosen yet, with the key of its criterion."""
        return [
            (c.key, f"Выберите уровень: «{c.title}».")
            for c in assignment.rubric
            if self.mark(c.key).points is None
        ]

    def levels(self, assignment: Assignment) -> list[dict[str, Any]]:
        """Return the marks as a released review keeps them, with all their words."""
        return [_level(c, self.mark(c.key)) for c in assignment.rubric]


def notes_of(source: ReviewDraft | Review) -> tuple[Note, ...]:
    """Read the notes of a draft or of a released review."""
    return tuple(Note(**note) for note in source.notes)


def _level(criterion: Criterion, mark: Mark) -> dict[str, Any]:
    chosen = {level.points: level.text for level in criterion.levels}
    points = mark.points or 0
    return {
        "key": criterion.key,
        "title": criterion.title,
        "points": points,
        "max_points": criterion.max_points,
        "level": chosen[points],
        "remark": mark.remark.strip(),
    }
