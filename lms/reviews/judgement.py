"""What a tutor has to say about an attempt, finished or not."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from lms.modules.assignment import Assignment, Criterion
from lms.reviews.models import ReviewDraft


@dataclass(frozen=True)
class Mark:
    """The level of one criterion and the remark beside it."""

    points: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class Judgement:
    """A mark for each criterion, and the summary."""

    marks: Mapping[str, Mark] = field(default_factory=dict)
    summary: str = ""

    @classmethod
    def of(cls, draft: ReviewDraft | None) -> Self:
        """Read a draft; without one nothing is said yet."""
        if draft is None:
            return cls()
        marks = {key: Mark(**mark) for key, mark in draft.levels.items()}
        return cls(marks, draft.summary)

    @property
    def as_json(self) -> dict[str, Any]:
        return {key: asdict(mark) for key, mark in self.marks.items()}

    def mark(self, key: str) -> Mark:
        return self.marks.get(key, Mark())

    def with_remark(self, key: str, text: str) -> Self:
        """Return the judgement with a ready remark after what is typed already."""
        mark = self.mark(key)
        remark = f"{mark.remark.rstrip()}\n\n{text}".lstrip()
        return replace(self, marks={**self.marks, key: replace(mark, remark=remark)})

    @property
    def points(self) -> int:
        return sum(mark.points or 0 for mark in self.marks.values())

    @property
    def is_empty(self) -> bool:
        return not self.summary and all(m == Mark() for m in self.marks.values())

    @property
    def has_words(self) -> bool:
        remarks = any(mark.remark.strip() for mark in self.marks.values())
        return remarks or bool(self.summary.strip())

    def missing(self, assignment: Assignment) -> list[Criterion]:
        """Return the criteria that have no level yet."""
        return [c for c in assignment.rubric if self.mark(c.key).points is None]

    def levels(self, assignment: Assignment) -> list[dict[str, Any]]:
        """Return the marks as a released review keeps them, with all their words."""
        return [_level(c, self.mark(c.key)) for c in assignment.rubric]


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
