"""The pictures of a cohort: how long each bar is; the templates only draw.

Widths are parts of a hundred of whatever there is, heights are the style sheet's: the
words keep their size on a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from lms.core.charts import Chart, chart_of, counts_up_to
from lms.core.language import RU
from lms.overview.progress.answers import Answers, spell_hours
from lms.overview.progress.weeks import AnswerWeek, Week

HOURS_OF = {"1 день": 24, "3 дня": 72, "неделя": 168, "2 недели": 336, "месяц": 720}
# What teams are told on their pages: «Тьютор обычно отвечает за три дня».
TERM_HOURS = HOURS_OF["3 дня"]
# From so many weeks on, their names say the year instead of the day.
MANY_WEEKS = 40
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


def picture_of_weeks(weeks: Sequence[Week]) -> Chart:
    """Lay out what is accepted by the end of each week so far, and what ought to be."""
    planned = [week.planned for week in weeks]
    return chart_of(
        [None if week.is_ahead else week.so_far for week in weeks],
        planned,
        scale=counts_up_to(max([*planned, *(week.so_far for week in weeks)])),
        axis=_named([week.starts_on for week in weeks]),
    )


def picture_of_answers(weeks: Sequence[AnswerWeek]) -> Chart:
    """Lay out for how long half of the answers of each week took, and the term."""
    hours = [week.pace.median if week.pace else None for week in weeks]
    full = max([TERM_HOURS, *(value or 0 for value in hours)])
    words = [word for word, mark in HOURS_OF.items() if full / 8 <= mark <= full]
    return chart_of(
        hours,
        [TERM_HOURS] * len(weeks),
        scale={word: HOURS_OF[word] for word in words},
        axis=_named([week.starts_on for week in weeks]),
    )


def _named(days: Sequence[date]) -> list[str]:
    pattern = "MM.y" if len(days) > MANY_WEEKS else "d MMM"
    return [format_date(day, pattern, locale=RU) for day in days]


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
