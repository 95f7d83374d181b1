"""Which figures about groups of people may be told, so that none tells of a few.

A figure of a small group is hidden. A second one is hidden too wherever the whole and
its other parts would lead to the first by subtraction.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

# A figure about fewer people than this says too much of each of them.
FEWEST = 5
# Fewer people than this are not counted aloud, but for nobody.
FEW = 3

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Group(Generic[Key]):
    """People who were counted together, and the groups within, none of which overlap.

    The parts need not hold everybody.
    """

    key: Key
    size: int
    parts: tuple["Group[Key]", ...] = ()


def spell_few(number: int) -> str:
    """«0», «<3», «3»: how many people there were, unless they were few."""
    return f"<{FEW}" if 0 < number < FEW else str(number)


def told_groups(whole: Group[Key]) -> frozenset[Key]:
    """Return the keys of the groups whose figures may all be told together.

    It depends on sizes alone and not on who looks, so two pages, two people and two
    files never add up to more than one.
    """
    return frozenset(_told(whole) if whole.size >= FEWEST else ())


def _told(group: Group[Key]) -> Iterator[Key]:
    yield group.key
    for part in _told_parts(group):
        yield from _told(part)


def _told_parts(group: Group[Key]) -> list[Group[Key]]:
    """Leave out the small parts, and one more while the rest would be small."""
    large = (part for part in group.parts if part.size >= FEWEST)
    parts = sorted(large, key=lambda part: part.size, reverse=True)
    while parts and 0 < group.size - sum(part.size for part in parts) < FEWEST:
        parts.pop()
    return parts
