"""Pairs as pages, letters and start pages list them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from lms.core.extensions import db
from lms.core.language import plural
from lms.identity.accounts.models import User
from lms.network.pairs.models import Pair
from lms.network.pairs.permissions import is_led, visible_pairs
from lms.schools.teams.models import Membership, School, Team


class Line(NamedTuple):
    """A pair in a list, with what is wrong with it."""

    pair: Pair
    is_quiet: bool
    # The schools of which nobody is on the course any more.
    gone: list[School]


def lines_for(user: User) -> list[Line]:
    """Return the pairs that a person sees, open ones first; four statements."""
    return _lines(visible_pairs(user))


def line_of(pair: Pair) -> Line:
    """Return the same of one pair."""
    return _lines(sa.select(Pair).where(Pair.id == pair.id))[0]


def _lines(query: sa.Select[Pair]) -> list[Line]:
    closed = Pair.closed_at.is_not(None)
    ordered = query.order_by(closed, Pair.signed_on.desc(), Pair.id.desc())
    with_all = ordered.options(
        joinedload(Pair.first), joinedload(Pair.second), selectinload(Pair.events)
    )
    rows = db.session.execute(with_all.add_columns(Pair.is_quiet())).all()
    present = _present(school for pair, _ in rows for school in pair.schools)
    return [
        Line(pair, is_quiet, [s for s in pair.schools if s.id not in present])
        for pair, is_quiet in rows
    ]


def _present(schools: Iterable[School]) -> set[int]:
    """Return the ids of the schools with somebody in a team now."""
    people = (
        sa.select(Team.school_id)
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.left_at.is_(None))
        .where(Team.school_id.in_({school.id for school in schools}))
    )
    return set(db.session.scalars(people.distinct()))


def quiet_pairs(user: User) -> Sequence[Pair]:
    """Return the open pairs that a person leads without an event for a quarter."""
    query = sa.select(Pair).where(is_led(user), Pair.is_quiet()).order_by(Pair.id)
    schools = joinedload(Pair.first), joinedload(Pair.second)
    return db.session.scalars(query.options(*schools)).all()


def quiet_in_words(user: User) -> str:
    """Say in one line which pairs are quiet, or nothing where none is."""
    pairs = quiet_pairs(user)
    if not pairs:
        return ""
    if len(pairs) == 1:
        return f"Пара без мероприятий три месяца: {pairs[0].title}"
    count = plural(len(pairs), "пара", "пары", "пар")
    return f"Без мероприятий три месяца: {count} школ"
