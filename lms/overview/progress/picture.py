"""The picture of the answers: how long each bar is; the template only draws.

Widths are parts of a hundred of whatever there is, heights are the style sheet's: the
words keep their size on a phone.
"""

from dataclasses import dataclass

from lms.overview.progress.answers import Answers, spell_hours

HOURS_OF = {"1 день": 24, "3 дня": 72, "неделя": 168, "2 недели": 336, "месяц": 720}
# Marks of the scale closer than this would run into each other.
APART = 18


@dataclass(frozen=True)
class Mark:
    """A line of the scale."""

    word: str
    x: float


@dataclass(frozen=True)
class Bar:
    """The answers of one tutor in one module."""

    title: str
    value: str
    median: float
    ninetieth: float


@dataclass(frozen=True)
class Picture:
    """The bars of each tutor, and the scale behind them."""

    marks: list[Mark]
    bars: list[tuple[str, list[Bar]]]


def picture_of(answers: Answers) -> Picture:
    """Lay out a bar for every tutor and module, to the scale of the slowest."""
    full = max(answers.slowest, 1)
    bars = [
        (
            tutor.name,
            [
                Bar(
                    column.short_label,
                    spell_hours(pace.median),
                    _part(pace.median, full),
                    _part(pace.ninetieth, full),
                )
                for column, pace in tutor.modules
            ],
        )
        for tutor in answers.tutors
    ]
    return Picture(_marks(full), bars)


def _marks(full: float) -> list[Mark]:
    """Return the marks that have room on the scale."""
    marks: list[Mark] = []
    for word, hours in HOURS_OF.items():
        x = _part(hours, full)
        if x <= 100 and (not marks or x - marks[-1].x >= APART):
            marks.append(Mark(word, x))
    return marks


def _part(hours: float, full: float) -> float:
    return round(100 * hours / full, 1)
