"""The nine points of the mark, where they stand and how they are joined."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lms.work.credits.path import Step
from lms.work.credits.state import State

CENTRE, RADIUS, POINTS = 220, 176, 9


@dataclass(frozen=True)
class Point:
    """One module on the map: its place, its number and what its colour says."""

    x: float
    y: float
    step: Step
    look: str

    @property
    def is_joined(self) -> bool:
        return self.look == "joined"


def points_of(steps: Sequence[Step]) -> list[Point]:
    """Place modules 1–9 on a circle, the first one on top."""
    current = next((s.position for s in steps if s.position and s.needs_work), None)
    return [
        Point(*_place(step.position), step, _look(step, current))
        for step in steps
        if 1 <= step.position <= POINTS
    ]


def _place(position: int) -> tuple[float, float]:
    angle = 2 * math.pi * (position - 1) / POINTS
    return (
        round(CENTRE + RADIUS * math.sin(angle), 1),
        round(CENTRE - RADIUS * math.cos(angle), 1),
    )


def _look(step: Step, current: int | None) -> str:
    if step.is_accepted:
        return "joined"
    if step.position == current or step.state is State.RETURNED:
        return "current"
    return "waiting" if step.state in {State.WAITING, State.DISPUTED} else "ahead"
