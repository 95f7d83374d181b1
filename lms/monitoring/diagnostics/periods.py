"""What places have learned in the cohorts that ended in a period: for other figures.

Indicators and reports take these sums and no others. A cohort in which a place may not
be told is left out of its sums and counted, so that no page and no file leads to it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import course_day, site_zone
from lms.core.periods import Period
from lms.monitoring.diagnostics.growth import Growth, Share
from lms.monitoring.diagnostics.models import Round
from lms.monitoring.diagnostics.pairs import attendance_of
from lms.monitoring.diagnostics.places import Place
from lms.monitoring.diagnostics.results import Line, lines_of


@dataclass(frozen=True)
class Learned:
    """The figures of a place, added up over cohorts."""

    # n is `growth.pairs`; ind. 10 is `share.grown` of `share.teachers`.
    growth: Growth = field(default_factory=Growth)
    share: Share = field(default_factory=Share)
    # Of the people who were asked, in all these cohorts, who have not sat both.
    missing: int = 0
    # In so many cohorts there is growth, or ind. 10, that may not be told of the place.
    hidden_growths: int = 0
    hidden_shares: int = 0
    cohort_ids: frozenset[int] = frozenset()

    def __add__(self, other: "Learned") -> "Learned":
        return Learned(
            self.growth + other.growth,
            self.share + other.share,
            self.missing + other.missing,
            self.hidden_growths + other.hidden_growths,
            self.hidden_shares + other.hidden_shares,
            self.cohort_ids | other.cohort_ids,
        )

    @classmethod
    def of(cls, cohort_id: int, line: Line) -> "Learned":
        """Return the figures of one cohort."""
        return cls(
            line.growth or Growth(),
            line.share or Share(),
            line.missing,
            int(line.both > 0 and line.growth is None),
            int(line.both > 0 and line.share is None),
            frozenset({cohort_id}),
        )


def learned_in(period: Period) -> Mapping[Place, Learned]:
    """Return the figures of every place: the whole site, a territory, a school.

    A place where no cohort with diagnostics has ended is not among them: no data.
    """
    ended = {one.cohort_id: one.closed_at for one in _rounds_that_ended(period)}
    here = attendance_of(list(ended))
    learned: defaultdict[Place, Learned] = defaultdict(Learned)
    for cohort_id, closed_at in ended.items():
        if closed_at is not None:
            for line in lines_of(here[cohort_id], course_day(closed_at), is_over=True):
                learned[line.place] += Learned.of(cohort_id, line)
    return learned


def _rounds_that_ended(period: Period) -> sa.ScalarResult[Round]:
    first, last = (
        datetime.combine(day, time(), tzinfo=site_zone()).astimezone(UTC)
        for day in (period.starts_on, period.ends_on + timedelta(days=1))
    )
    within = Round.closed_at >= first, Round.closed_at < last
    return db.session.scalars(sa.select(Round).where(*within).order_by(Round.cohort_id))
