"""Growth: what people answered right when they left, less what they did at first."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from lms.monitoring.diagnostics.scores import Outcome, Score
from lms.schools.teams.models import Position

# Ind. 10 counts who has grown by so many points.
ENOUGH = 10
# From more than so many per cent there is no room for that.
NO_ROOM = 90
TEACHING = frozenset({Position.HEAD, Position.DEPUTY, Position.TEACHER})

Key = TypeVar("Key", bound=Hashable)
Sums = Mapping[Key, Fraction]


@dataclass(frozen=True)
class Pair:
    """A person who sat both."""

    school_id: int
    position: Position
    entry_form: str
    entry: Score
    exit: Score

    @property
    def is_teacher(self) -> bool:
        return self.position in TEACHING

    @property
    def growth(self) -> Fraction:
        return self.exit.percent - self.entry.percent


@dataclass(frozen=True)
class Growth:
    """What some people have learned; sums, so that two may be added."""

    pairs: int = 0
    # Per cents of everybody, added up: altogether, and by the slug of a module.
    entry: Fraction = Fraction(0)
    exit: Fraction = Fraction(0)
    entry_by_module: Sums[str] = field(default_factory=dict)
    exit_by_module: Sums[str] = field(default_factory=dict)

    @property
    def mean(self) -> Fraction:
        """Return the mean growth in points."""
        return (self.exit - self.entry) / self.pairs

    def mean_of(self, slug: str) -> Fraction:
        """Return the mean growth in one module."""
        return self.exit_in(slug) - self.entry_in(slug)

    def entry_in(self, slug: str) -> Fraction:
        """Return the mean per cent of a module at the entry."""
        return self.entry_by_module[slug] / self.pairs

    def exit_in(self, slug: str) -> Fraction:
        """Return the mean per cent of a module at the exit."""
        return self.exit_by_module[slug] / self.pairs

    def __add__(self, other: "Growth") -> "Growth":
        return Growth(
            self.pairs + other.pairs,
            self.entry + other.entry,
            self.exit + other.exit,
            _added([self.entry_by_module, other.entry_by_module]),
            _added([self.exit_by_module, other.exit_by_module]),
        )


@dataclass(frozen=True)
class Share:
    """Ind. 10: of the teachers who sat both, how many have grown enough."""

    grown: int = 0
    teachers: int = 0
    # Who knew so much at the entry that nobody could have seen them grow.
    no_room: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(
            self.grown + other.grown,
            self.teachers + other.teachers,
            self.no_room + other.no_room,
        )


def growth_of(pairs: Iterable[Pair]) -> Growth:
    """Add up what each of some people has learned."""
    known = list(pairs)
    return Growth(
        pairs=len(known),
        entry=sum((pair.entry.percent for pair in known), Fraction(0)),
        exit=sum((pair.exit.percent for pair in known), Fraction(0)),
        entry_by_module=_added(pair.entry.by_module for pair in known),
        exit_by_module=_added(pair.exit.by_module for pair in known),
    )


def share_of(pairs: Iterable[Pair]) -> Share:
    """Count the teachers among some people, and those who have grown."""
    teachers = [pair for pair in pairs if pair.is_teacher]
    return Share(
        grown=sum(pair.growth >= ENOUGH for pair in teachers),
        teachers=len(teachers),
        no_room=sum(pair.entry.percent > NO_ROOM for pair in teachers),
    )


def least_grown(pairs: Iterable[Pair], most: int) -> list[tuple[Outcome, Fraction]]:
    """Return the outcomes that have grown least, with their mean growth in points."""
    known = list(pairs)
    before = _added(pair.entry.by_outcome for pair in known)
    after = _added(pair.exit.by_outcome for pair in known)
    means = [
        (outcome, (after[outcome] - before[outcome]) / len(known))
        for outcome in before
        if outcome in after
    ]
    return sorted(means, key=lambda one: (one[1], one[0]))[:most]


def entries_by_form(pairs: Iterable[Pair]) -> dict[str, list[Fraction]]:
    """Return the per cents at the entry of those who began with each form."""
    percents: dict[str, list[Fraction]] = {}
    for pair in pairs:
        percents.setdefault(pair.entry_form, []).append(pair.entry.percent)
    return percents


def _added(many: Iterable[Sums[Key]]) -> dict[Key, Fraction]:
    sums: dict[Key, Fraction] = {}
    for one in many:
        for key, value in one.items():
            sums[key] = sums.get(key, Fraction(0)) + value
    return sums
