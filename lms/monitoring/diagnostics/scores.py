"""What a finished sitting is worth: right answers, altogether and by outcome."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from lms.course.content.diagnostics import Item
from lms.monitoring.diagnostics.models import Answers


class Outcome(NamedTuple):
    """What one module promised, and both forms ask about."""

    module_slug: str
    text: str


@dataclass(frozen=True)
class Score:
    """Which questions of a form were answered right, by what they ask about."""

    right: Mapping[Outcome, tuple[bool, ...]]

    @property
    def percent(self) -> Fraction:
        """Return how much of the form is right."""
        return _percent(flag for flags in self.right.values() for flag in flags)

    @property
    def by_module(self) -> dict[str, Fraction]:
        """Return the same for each module."""
        flags: defaultdict[str, list[bool]] = defaultdict(list)
        for outcome, some in self.right.items():
            flags[outcome.module_slug] += some
        return {slug: _percent(some) for slug, some in flags.items()}

    @property
    def by_outcome(self) -> dict[Outcome, Fraction]:
        """Return the same for each outcome."""
        return {outcome: _percent(some) for outcome, some in self.right.items()}


def score_of(items: Iterable[Item], answers: Answers) -> Score:
    """Compare what somebody chose with what is right; «не знаю» is not."""
    right: defaultdict[Outcome, list[bool]] = defaultdict(list)
    for item in items:
        outcome = Outcome(item.module_slug, item.outcome)
        right[outcome].append(answers.get(item.key) == item.correct)
    return Score({outcome: tuple(flags) for outcome, flags in right.items()})


def _percent(flags: Iterable[bool]) -> Fraction:
    known = list(flags)
    return Fraction(100 * sum(known), len(known))
