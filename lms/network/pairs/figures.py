"""What pairs did in a while, of some schools; year reports may read it."""

from typing import NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import course_day
from lms.core.periods import Period
from lms.network.pairs.models import Pair, PairEvent


class PairFigures(NamedTuple):
    """Pairs that lasted in a while, and what they did in it."""

    pairs: int
    # Events of their plans that were over in that while, and with a word of the result.
    events: int
    with_outcome: int
    # Pairs without any such event.
    quiet: int


def pair_figures(schools: sa.Select[int], period: Period) -> PairFigures:
    """Count the pairs in which one of some schools is; two statements.

    A pair of two of them is counted once.
    """
    is_theirs = sa.or_(Pair.first_id.in_(schools), Pair.second_id.in_(schools))
    pairs = sa.select(Pair.id, Pair.closed_at).where(
        is_theirs, Pair.signed_on <= period.ends_on
    )
    lasted = {
        row.id
        for row in db.session.execute(pairs)
        if row.closed_at is None or course_day(row.closed_at) >= period.starts_on
    }
    events = db.session.execute(
        sa.select(PairEvent.pair_id, PairEvent.outcome)
        .where(PairEvent.pair_id.in_(lasted), PairEvent.removed_at.is_(None))
        .where(PairEvent.last_day().between(period.starts_on, period.ends_on))
    ).all()
    told = sum(bool(event.outcome) for event in events)
    active = {event.pair_id for event in events}
    return PairFigures(len(lasted), len(events), told, len(lasted - active))
