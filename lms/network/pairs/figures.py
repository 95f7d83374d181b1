"""What pairs did in a while, of some schools; year reports may read it."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from lms.core.extensions import db
from lms.core.language import midnight
from lms.core.periods import Period
from lms.network.pairs.models import Pair, PairEvent
from lms.schools.teams.models import School


class PairedSchool(NamedTuple):
    """A school and the one that it was paired with in a while."""

    school_id: int
    school: str
    other: str
    goal: str
    # Events of their plan that were over in that while.
    events: int


def pairs_of_schools(schools: sa.Select[int], period: Period) -> Sequence[PairedSchool]:
    """List the pairs that lasted in a while, as each of some schools sees them.

    A pair of two of them stands twice, once under each; one statement.
    """
    own, other = aliased(School), aliased(School)
    query = (
        sa.select(own.id, own.name, other.name, Pair.goal, _events_in(period))
        .join(own, own.id.in_([Pair.first_id, Pair.second_id]))
        .join(other, other.id.in_([Pair.first_id, Pair.second_id]))
        .where(own.id != other.id, own.id.in_(schools))
        .where(Pair.signed_on <= period.ends_on)
        .where(
            sa.or_(
                Pair.closed_at.is_(None), Pair.closed_at >= midnight(period.starts_on)
            )
        )
        .order_by(own.name, own.id, Pair.id)
    )
    return [PairedSchool(*row) for row in db.session.execute(query)]


def _events_in(period: Period) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .select_from(PairEvent)
        .where(PairEvent.pair_id == Pair.id, PairEvent.removed_at.is_(None))
        .where(PairEvent.last_day().between(period.starts_on, period.ends_on))
        .correlate(Pair)
        .scalar_subquery()
    )
