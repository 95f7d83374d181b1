"""Which counts of people stay hidden, so that few people are never counted aloud.

A school's number under 3 is hidden, but for a true nought. Totals of territories, and
of the territories within which they lie, are shown beside it, so a second number is
hidden wherever a total less the numbers that are shown would give the first away. All
pages and files ask here for the whole tree of territories at once: what is hidden on
one is hidden on each.

A figure that was shown yesterday is remembered: of the numbers that may cover another
the one that came first does, so that a school that answers later uncovers nothing.
"""

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from lms.core.disclosure import FEW

# A school or a territory: what it is, and its number.
Place = tuple[str, int]


class Mark(enum.Enum):
    """What stands in place of a number."""

    FEW = f"<{FEW}"
    COVER = "скрыто"


Marks = dict[Place, Mark]


class Leaf(NamedTuple):
    """The number of one school, and between which others everybody knows it to lie."""

    value: int
    least: int = 0
    most: int | None = None
    # The place of its first version among all numbers.
    came: int = 0


class Tree:
    """Numbers of schools within territories, which may lie within others."""

    def __init__(
        self, above: Mapping[Place, Place | None], leaves: Mapping[Place, Leaf]
    ) -> None:
        self.leaves = leaves
        self.ways = {leaf: tuple(_way_up(above, leaf)) for leaf in leaves}
        self.inside: dict[Place, list[Place]] = {}
        for leaf in sorted(leaves):
            for place in self.ways[leaf]:
                self.inside.setdefault(place, []).append(leaf)
        # Inner ones before the outer ones.
        self.totals = sorted(self.inside, key=lambda at: -len(list(_way_up(above, at))))

    def told_by(self, total: Place, marks: Marks) -> list[Place]:
        """Return the hidden leaves whose sum a total gives away.

        Those are in it that lie in no shown total within it.
        """
        return [
            leaf
            for leaf in self.inside[total]
            if leaf in marks and self._teller(leaf, marks) == total
        ]

    def between(self, leaf: Place, total: Place, marks: Marks) -> list[Place]:
        """Return the shown totals that hold a leaf and lie within another one."""
        way = self.ways[leaf]
        return [place for place in way[: way.index(total)] if place not in marks]

    def _teller(self, leaf: Place, marks: Marks) -> Place | None:
        return next((place for place in self.ways[leaf] if place not in marks), None)


def hide(above: Mapping[Place, Place | None], leaves: Mapping[Place, Leaf]) -> Marks:
    """Mark what must not be shown of the numbers of schools and of their totals.

    It goes over the numbers as they came, and a school that was hidden on a page stays
    hidden on the next: two pages of different days give away no more than one.
    """
    marks: Marks = {}
    known: dict[Place, Leaf] = {}
    for _, some in groupby(sorted(leaves, key=_age(leaves)), key=_age(leaves)):
        new = {place: leaves[place] for place in some}
        few = [place for place, leaf in new.items() if 0 < leaf.value < FEW]
        known |= new
        # A number that is shown beside shown totals changes nothing.
        if few or any(place not in leaves for place in marks):
            stay = {place: mark for place, mark in marks.items() if place in leaves}
            marks = _hidden_in(Tree(above, known), stay | dict.fromkeys(few, Mark.FEW))
    return marks


def _age(leaves: Mapping[Place, Leaf]) -> Callable[[Place], int]:
    return lambda place: leaves[place].came


def _hidden_in(tree: Tree, marks: Marks) -> Marks:
    # Each round hides one number more, so there is a last one.
    while told := _told(tree, marks):
        marks = marks | _covered(tree, marks, told)
    return marks


def _told(tree: Tree, marks: Marks) -> Place | None:
    return next((one for one in tree.totals if _gives_away(tree, marks, one)), None)


def _gives_away(tree: Tree, marks: Marks, total: Place) -> bool:
    """Tell whether somebody can work out a number of few people from a total."""
    if total in marks:
        return False
    hidden = tree.told_by(total, marks)
    together = sum(tree.leaves[place].value for place in hidden)
    limits = [_limits(tree.leaves[place], marks[place]) for place in hidden]
    return Mark.FEW in map(marks.get, hidden) and not all(
        _may_come_to(together - guess, limits) for guess in range(1, FEW)
    )


def _may_come_to(others: int, limits: list[tuple[int, float]]) -> bool:
    """Tell whether all hidden numbers but one of few people may come to a sum."""
    least = sum(low for low, _ in limits) - 1
    most = sum(high for _, high in limits) - (FEW - 1)
    return least <= others <= most


def _limits(leaf: Leaf, mark: Mark) -> tuple[int, float]:
    if mark is Mark.FEW:
        return 1, FEW - 1
    return max(FEW, leaf.least), float("inf") if leaf.most is None else leaf.most


def _covered(tree: Tree, marks: Marks, total: Place) -> Marks:
    """Hide one number more: of a school where that is enough, else the total itself."""
    covers = [
        dict.fromkeys([leaf, *tree.between(leaf, total, marks)], Mark.COVER)
        for leaf in _by_age(tree.inside[total], tree)
        if leaf not in marks and tree.leaves[leaf].value >= FEW
    ]
    covers.sort(key=len)
    enough = (one for one in covers if not _gives_away(tree, marks | one, total))
    return next(enough, covers[0] if covers else {total: Mark.COVER})


def _by_age(leaves: Iterable[Place], tree: Tree) -> list[Place]:
    return sorted(leaves, key=lambda leaf: (tree.leaves[leaf].came, *tree.leaves[leaf]))


def _way_up(above: Mapping[Place, Place | None], place: Place) -> Iterator[Place]:
    """Name the places in which one lies, the nearest first."""
    upper = above.get(place)
    while upper is not None:
        yield upper
        upper = above.get(upper)
