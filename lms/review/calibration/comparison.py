"""The scores of a tutor beside those of the author, and the difference in words."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lms.core.language import plural
from lms.course.content.assignment import Assignment, Criterion
from lms.course.content.tutor import Sample
from lms.identity.accounts.models import User

Levels = Mapping[str, int | None]


@dataclass(frozen=True)
class Line:
    """One criterion of one sample."""

    criterion: Criterion
    given: int
    wanted: int
    reason: str

    @property
    def difference(self) -> int:
        return self.given - self.wanted

    @property
    def level(self) -> str:
        """The sentence of the level that the author chose."""
        return next(v.text for v in self.criterion.levels if v.points == self.wanted)


@dataclass(frozen=True)
class ScoredSample:
    """One sample as the tutor and the author scored it."""

    number: int
    sample: Sample
    lines: list[Line]
    pass_points: int

    @property
    def given(self) -> int:
        return sum(line.given for line in self.lines)

    @property
    def wanted(self) -> int:
        return sum(line.wanted for line in self.lines)

    @property
    def is_accepted(self) -> bool:
        """Whether the tutor's points are enough."""
        return self.given >= self.pass_points

    @property
    def agrees(self) -> bool:
        return self.is_accepted == (self.sample.verdict == "accepted")

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if line.difference]


def in_words(difference: int) -> str:
    """«как у автора», «строже на 2 балла», «мягче на 1 балл»."""
    if not difference:
        return "как у автора"
    points = plural(abs(difference), "балл", "балла", "баллов")
    return f"{'мягче' if difference > 0 else 'строже'} на {points}"


def compare(
    assignment: Assignment, samples: Sequence[Sample], scores: Sequence[Levels]
) -> list[ScoredSample]:
    """Put both scores of every sample side by side, in the order they were shown."""
    return [
        ScoredSample(
            number=number,
            sample=samples[index],
            lines=[
                Line(
                    criterion=criterion,
                    given=scores[index].get(criterion.key) or 0,
                    wanted=samples[index].levels[criterion.key],
                    reason=samples[index].reasons[criterion.key],
                )
                for criterion in assignment.rubric
            ],
            pass_points=assignment.pass_points,
        )
        for number, index in enumerate(shown_order(samples), start=1)
    ]


@dataclass(frozen=True)
class Calibrated:
    """A tutor who has scored the samples, and how."""

    tutor: User
    calibrated_at: datetime
    samples: list[ScoredSample]

    @property
    def disagrees(self) -> bool:
        return any(not sample.agrees for sample in self.samples)


@dataclass(frozen=True)
class Overview:
    """Who has scored the samples of a rubric, and who has not."""

    done: list[Calibrated]
    awaited: list[User]


def shown_order(samples: Sequence[Sample]) -> list[int]:
    """Mix the samples, the same way each time: authors put the good one first."""

    def key(index: int) -> bytes:
        return hashlib.sha256(samples[index].title.encode()).digest()

    return sorted(range(len(samples)), key=key)
