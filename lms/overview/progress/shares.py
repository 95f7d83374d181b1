"""How the teams are shared among the states of a work: the bar above a column."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lms.overview.progress.cells import Cell, word_of
from lms.work.credits.state import State

# From what is done to what is closed yet.
ORDER = [
    State.ACCEPTED,
    State.SECOND,
    State.WAITING,
    State.DISPUTED,
    State.RETURNED,
    State.DRAFT,
    State.OPEN,
    State.LOCKED,
]


@dataclass(frozen=True)
class Share:
    """The teams of one state: how many, and where on a bar of a hundred."""

    state: State
    count: int
    x: float
    width: float

    @property
    def words(self) -> str:
        return f"{word_of(self.state)} — {self.count}"


def shares_of(cells: Sequence[Cell]) -> list[Share]:
    """Return a share for each state that occurs among the cells."""
    number = Counter(cell.state for cell in cells)
    shares, before = [], 0
    for state in ORDER:
        if count := number[state]:
            x, width = (round(100 * n / len(cells), 2) for n in (before, count))
            shares.append(Share(state, count, x, width))
            before += count
    return shares
