"""What a cohort has answered, as far as it gives nobody away."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.content.survey import Survey
from lms.monitoring.diagnostics.permissions import Sight
from lms.monitoring.diagnostics.places import Place, atlas_of
from lms.monitoring.surveys.editions import survey_of
from lms.monitoring.surveys.forms import MARKS
from lms.monitoring.surveys.models import Reply, SurveyRound, Words


@dataclass(frozen=True)
class Marks:
    """The marks that some people have given on one scale."""

    counts: Counter[int]

    @property
    def mean(self) -> Fraction:
        total = sum(mark * many for mark, many in self.counts.items())
        return Fraction(total, self.counts.total())

    @property
    def row(self) -> list[int]:
        """Return how many gave 1, 2 and so on."""
        return [self.counts[mark] for mark in MARKS]


@dataclass(frozen=True)
class Line:
    """The answers of a place that is told."""

    place: Place
    name: str
    answers: int
    by_scale: dict[str, Marks]


@dataclass(frozen=True)
class Results:
    """A survey of a cohort, and what is told of it."""

    round: SurveyRound
    survey: Survey
    # The whole cohort, territories and schools of which it gives nobody away. Nothing
    # before the last day: one more answer would tell of whoever gave it.
    lines: list[Line]
    # For those who read the whole: in a territory of one school they would be its own.
    words: list[str]


def results_of(found: SurveyRound, sight: Sight) -> Results:
    """Return what is told of a survey, of the places that somebody may read."""
    survey = survey_of(found.edition)
    replies = _replies(found) if found.is_over else []
    lines = list(_lines(survey, replies, found.last_day)) if replies else []
    seen = [line for line in lines if sight.covers(*line.place)]
    return Results(
        found, survey, seen, _words(found) if seen and sight.is_whole else []
    )


def _replies(found: SurveyRound) -> list[Reply]:
    of_round = sa.select(Reply).where(Reply.round_id == found.id)
    return list(db.session.scalars(of_round.order_by(Reply.id)))


def _words(found: SurveyRound) -> list[str]:
    of_round = sa.select(Words.text).where(Words.round_id == found.id)
    return list(db.session.scalars(of_round.order_by(Words.id)))


def _lines(survey: Survey, replies: list[Reply], day: date) -> Iterator[Line]:
    """Make a line of each place that is told; of the others not even the number."""
    atlas = atlas_of({one.school_id for one in replies}, day)
    told = atlas.told(one.school_id for one in replies)
    for place in (one for one in atlas.places if one in told):
        own = [one for one in replies if atlas.is_in(one.school_id, place)]
        by_scale = {
            scale.key: Marks(Counter(one.marks[scale.key] for one in own))
            for scale in survey.scales
        }
        yield Line(place, atlas.names[place], len(own), by_scale)
