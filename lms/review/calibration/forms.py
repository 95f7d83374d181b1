"""What a tutor chooses for the samples."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from lms.course.content.assignment import Assignment, Criterion
from lms.course.content.tutor import Sample
from lms.review.calibration.comparison import Levels, shown_order

MISSING = "Выберите уровень."


@dataclass(frozen=True)
class Question:
    """One criterion of one sample: its name on the form, and what is chosen."""

    name: str
    criterion: Criterion
    points: int | None
    problem: str


@dataclass(frozen=True)
class SampleForm:
    """One sample with the rubric beside it."""

    number: int
    sample: Sample
    questions: list[Question]

    @property
    def points(self) -> int:
        return sum(question.points or 0 for question in self.questions)


def typed_scores(
    form: MultiDict[str, str], assignment: Assignment, samples: Sequence[Sample]
) -> list[Levels]:
    """Read the levels; one that the rubric has not is no level."""
    return [
        {c.key: _points(form, _name(index, c), c) for c in assignment.rubric}
        for index in range(len(samples))
    ]


def sample_forms(
    assignment: Assignment,
    samples: Sequence[Sample],
    scores: Sequence[Levels],
    *,
    is_sent: bool,
) -> list[SampleForm]:
    """Lay the samples out, with what was chosen and, once sent, what is missing."""
    return [
        SampleForm(
            number=number,
            sample=samples[index],
            questions=[
                Question(
                    name=_name(index, criterion),
                    criterion=criterion,
                    points=scores[index][criterion.key],
                    problem=MISSING
                    if is_sent and scores[index][criterion.key] is None
                    else "",
                )
                for criterion in assignment.rubric
            ],
        )
        for number, index in enumerate(shown_order(samples), start=1)
    ]


def _name(index: int, criterion: Criterion) -> str:
    return f"{criterion.key}-{index}"


def _points(form: MultiDict[str, str], name: str, criterion: Criterion) -> int | None:
    points = form.get(f"level-{name}", "")
    return int(points) if points in {str(v.points) for v in criterion.levels} else None
