"""What a cohort has learned, by place and module, as far as it may be told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lms.core.database import utcnow
from lms.core.disclosure import FEWEST
from lms.core.extensions import db
from lms.core.language import course_day
from lms.course.cohorts.models import Cohort
from lms.monitoring.diagnostics.growth import (
    Growth,
    Pair,
    Share,
    entries_by_form,
    growth_of,
    least_grown,
    share_of,
)
from lms.monitoring.diagnostics.models import Round
from lms.monitoring.diagnostics.pairs import Attendance, attendance_of
from lms.monitoring.diagnostics.permissions import Sight
from lms.monitoring.diagnostics.places import Place, atlas_of
from lms.monitoring.diagnostics.scores import Outcome

# So many outcomes are named that have grown least.
LEAST = 3
# Forms whose means are further apart were not equally difficult.
APART = 10


@dataclass(frozen=True)
class Line:
    """The people of a place: how many came, and what they have learned."""

    place: Place
    name: str
    invited: int
    entered: int
    left: int
    both: int
    # None: not to be told, or not yet.
    growth: Growth | None
    share: Share | None

    @property
    def missing(self) -> int:
        """Return how many of those who were asked have not sat both."""
        return self.invited - self.both


@dataclass(frozen=True)
class Results:
    """All figures of a cohort that somebody may read."""

    cohort: Cohort
    # Figures are told when nobody can add to them any more.
    is_over: bool
    # Schools stand in the territories of this day.
    placed_on: date
    lines: list[Line]
    least: list[tuple[Outcome, Fraction]]
    is_out_of_balance: bool

    @property
    def main(self) -> Line:
        """The largest place of which something is told, else the largest."""
        told = (line for line in self.lines if line.growth)
        return next(told, self.lines[0])

    @property
    def slugs(self) -> list[str]:
        """The modules that were asked about."""
        return list(self.main.growth.entry_by_module) if self.main.growth else []


def results_of(cohort: Cohort, sight: Sight) -> Results | None:
    """Return the figures of a cohort; None: there are none for this person."""
    found = db.session.get(Round, cohort.id)
    if found is None:
        return None
    here = attendance_of([cohort.id])[cohort.id]
    is_over = found.closed_at is not None
    day = course_day(found.closed_at or utcnow())
    lines = list(lines_of(here, day, is_over=is_over))
    seen = [line for line in lines if sight.covers(*line.place)]
    if not seen:
        return None
    is_told = sight.is_whole and lines[0].growth is not None
    return Results(
        cohort,
        is_over,
        day,
        lines=seen,
        least=least_grown(here.pairs, LEAST) if is_told else [],
        is_out_of_balance=is_told and is_out_of_balance(here.pairs),
    )


def lines_of(here: Attendance, day: date, *, is_over: bool) -> Iterator[Line]:
    """Make a line of every place; which are told does not depend on who looks.

    Schools stand in the territories of the day on which their cohort ended, whatever
    is asked later: two ways to add them up would lead to a few people.
    """
    atlas = atlas_of(here.invited, day)
    pairs = here.pairs if is_over else []
    told = atlas.told(pair.school_id for pair in pairs)
    told_share = atlas.told(pair.school_id for pair in pairs if pair.is_teacher)
    for place in atlas.places:
        schools = [id for id in here.invited if atlas.is_in(id, place)]
        own = [pair for pair in pairs if pair.school_id in schools]
        yield Line(
            place,
            atlas.names[place],
            invited=_people(here.invited, schools),
            entered=_people(here.entered, schools),
            left=_people(here.left, schools),
            both=_people(here.both, schools),
            growth=growth_of(own) if place in told else None,
            share=share_of(own) if place in told_share else None,
        )


def _people(by_school: Mapping[int, set[int]], schools: Iterable[int]) -> int:
    return len(set().union(*(by_school.get(id, set()) for id in schools)))


def is_out_of_balance(pairs: Iterable[Pair]) -> bool:
    """Compare the forms where enough people began with each of both.

    The means themselves are not told: a school whose people all had one form could be
    taken away from them.
    """
    percents = entries_by_form(pairs).values()
    if len(percents) < 2 or min(map(len, percents)) < FEWEST:
        return False
    means = [sum(some, Fraction(0)) / len(some) for some in percents]
    return max(means) - min(means) > APART
