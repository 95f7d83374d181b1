"""Where the bars, the line and the scale of a chart lie; the template only draws.

Places across are parts of a hundred of whatever width there is, places down are pixels:
so the words of a chart keep their size on a phone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

# The style sheet has it too.
HEIGHT = 160
# Above the highest bar there is room for a word of the scale.
TOP = 12
# A bar fills so much of its place.
FILLED = 0.72
MOST_MARKS = 4


class Bar(NamedTuple):
    """A rectangle that stands on the ground."""

    x: float
    y: float
    width: float
    height: float


class Part(NamedTuple):
    """A part of a whole, across."""

    x: float
    width: float


class Segment(NamedTuple):
    """A piece of the line."""

    x1: float
    y1: float
    x2: float
    y2: float


class Mark(NamedTuple):
    """A word of a scale, at its place across or down."""

    word: str
    at: float


@dataclass(frozen=True)
class Chart:
    """Bars side by side, a line in steps above them, the scales of both."""

    bars: list[Bar]
    line: list[Segment]
    scale: list[Mark]
    axis: list[Mark]


def chart_of(
    bars: Sequence[float | None],
    line: Sequence[float],
    *,
    scale: Mapping[str, float],
    axis: Sequence[str],
    most_words: int = MOST_MARKS,
) -> Chart:
    """Lay out values beside what they are compared with, a place for each of the axis.

    A value that is not known has no bar; a scale is words by values. More words of
    the axis have room where they are short.
    """
    full = max([1, *scale.values(), *line, *(value or 0 for value in bars)])
    place = 100 / max(1, len(axis))
    return Chart(
        [
            _bar(number * place, place, _down(value, full))
            for number, value in enumerate(bars)
            if value is not None
        ],
        _steps([_down(value, full) for value in line], place),
        [Mark(word, _down(value, full)) for word, value in scale.items()],
        _some(
            [Mark(word, round(place * at, 2)) for at, word in enumerate(axis)],
            most_words,
        ),
    )


def counts_up_to(most: int) -> dict[str, int]:
    """Return a scale of round numbers for a count."""
    steps = (base * 10**power for power in range(9) for base in (1, 2, 5))
    step = next(step for step in steps if most <= step * MOST_MARKS)
    return {str(mark): mark for mark in range(step, most + 1, step)}


def parts_of(counts: Sequence[int]) -> list[Part]:
    """Lay out the parts of one whole in a row."""
    whole, before, parts = max(1, sum(counts)), 0, []
    for count in counts:
        parts.append(Part(*(round(100 * n / whole, 2) for n in (before, count))))
        before += count
    return parts


def _down(value: float, full: float) -> float:
    return round(TOP + (HEIGHT - TOP) * (1 - value / full), 1)


def _bar(x: float, place: float, y: float) -> Bar:
    margin = place * (1 - FILLED) / 2
    return Bar(round(x + margin, 2), y, round(place * FILLED, 2), round(HEIGHT - y, 1))


def _steps(heights: Sequence[float], place: float) -> list[Segment]:
    """Draw a line that stays for a place and changes between two."""
    segments: list[Segment] = []
    for number, y in enumerate(heights):
        start, end = (round(at * place, 2) for at in (number, number + 1))
        last = segments[-1] if segments else None
        if last and last.y2 == y:
            segments[-1] = last._replace(x2=end)
            continue
        if last:
            segments.append(Segment(start, last.y2, start, y))
        segments.append(Segment(start, y, end, y))
    return segments


def _some(marks: list[Mark], most: int) -> list[Mark]:
    """Leave as many words as there is room for."""
    return marks[:: max(1, ceil(len(marks) / most))]
