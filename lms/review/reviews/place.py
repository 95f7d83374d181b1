"""Where a work stands in the queue, and what stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import VIEWER, anybody_like
from lms.review.reviews.permissions import visible_works
from lms.review.reviews.queue import (
    KEPT_STATEMENTS,
    Filters,
    Works,
    lane_of,
    lanes_of,
    narrowed,
)
from lms.work.submissions.models import Status, Submission

Conditions = Sequence[sa.ColumnElement[bool]]


@dataclass(frozen=True)
class Place:
    """Where a work stands among those that wait, and what stands beside it."""

    number: int
    total: int
    previous_id: int | None
    next_id: int | None


def place_of(submission: Submission, user: User, filters: Filters) -> Place:
    """Find the place of a waiting work in the queue of a person; one statement."""
    statement = _around(anybody_like(user), filters, lane_of(submission, user))
    work = {"work_id": submission.id, "sent_at": submission.sent_at}
    return Place(*db.session.execute(statement, {VIEWER: user.id} | work).one())


@lru_cache(maxsize=KEPT_STATEMENTS)
def _around(viewer: User, filters: Filters, own: int) -> sa.Select[Any]:
    """Ask how many stand before a work in some lane, and who stands beside it."""
    waiting = narrowed(visible_works(viewer), filters).where(
        Submission.status == Status.WAITING
    )
    lanes = lanes_of(viewer)
    key = sa.tuple_(Submission.sent_at, Submission.id)
    here = sa.tuple_(
        sa.bindparam("sent_at", type_=Submission.sent_at.type),
        sa.bindparam("work_id", type_=sa.Integer),
    )
    before = [sa.and_(lanes[own], key < here), *reversed(lanes[:own])]
    after = [sa.and_(lanes[own], key > here), *lanes[own + 1 :]]
    count = sa.func.count
    numbers = waiting.with_only_columns(
        count().filter(sa.or_(*before)) + 1, count(Submission.id)
    ).subquery()
    return sa.select(
        numbers,
        _first(waiting, before, backwards=True),
        _first(waiting, after, backwards=False),
    )


def _first(
    waiting: Works, lanes: Conditions, *, backwards: bool
) -> sa.ScalarSelect[int]:
    """Find the work that comes first of some lanes, each in the order of an index."""
    age = Submission.sent_at, Submission.id
    order = [column.desc() for column in age] if backwards else age
    found = sa.union_all(
        *(
            sa.select(
                waiting.where(lane)
                .with_only_columns(Submission.id, sa.literal(number).label("lane"))
                .order_by(*order)
                .limit(1)
                .subquery()
            )
            for number, lane in enumerate(lanes)
        )
    ).subquery()
    return sa.select(found.c.id).order_by(found.c.lane).limit(1).scalar_subquery()
