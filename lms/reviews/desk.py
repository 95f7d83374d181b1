"""Everything that the desk shows of a work, gathered in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lms.difference import Difference, compare
from lms.modules.assignment import Assignment, Criterion
from lms.reviews.judgement import Judgement, Mark
from lms.reviews.models import Review
from lms.submissions.models import Attempt


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


def lines_of(
    assignment: Assignment,
    judgement: Judgement,
    *,
    before: Review | None,
    problems: Sequence[tuple[str, str]] = (),
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
