"""The queue: whose turn it is, and how long it is."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import moment_of_asking
from lms.core.extensions import db
from lms.core.language import day_of_asking
from lms.core.undo import undo_term
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import VIEWER, anybody_like
from lms.review.reviews.models import Lease
from lms.review.reviews.permissions import (
    reviewable_works,
    visible_works,
    works_to_read_blind,
)
from lms.schools.teams.models import Team
from lms.work.submissions.models import Status, Submission

Works = sa.Select[Submission]
# Of roles and filters there are few; what is asked for by many stays.
KEPT_STATEMENTS = 64


class State(enum.Enum):
    """Which part of the queue is shown. The value is what people read."""

    QUEUE = "Вся очередь"
    FREE = "Свободные"
    MINE = "У меня"
    OTHERS = "У коллег"
    RETURNED = "Вернули"
    ACCEPTED = "Зачли"

    @property
    def is_decided(self) -> bool:
        return self in {State.RETURNED, State.ACCEPTED}


@dataclass(frozen=True)
class Filters:
    """What a tutor wants to see; nothing chosen is the whole queue."""

    state: State = State.QUEUE
    cohort_id: int | None = None
    module_id: int | None = None

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that lead from the list to the desk and on to the next work."""
        both = {"cohort": self.cohort_id, "module": self.module_id}
        return {name: value for name, value in both.items() if value}

    @property
    def is_summed_up(self) -> bool:
        """Tell whether a `Summary` knows how many works are left."""
        return not self.chosen and not self.state.is_decided


def works_in_queue(user: User, filters: Filters) -> Works:
    """Return what the filters leave of the works a person sees, in no order."""
    query = narrowed(visible_works(user), filters)
    if filters.state.is_decided:
        status = Status[filters.state.name]
        query = query.where(Submission.status == status)
        return query.where(Submission.id.not_in(works_to_read_blind(user)))
    query = query.where(Submission.status == Status.WAITING)
    held = {
        State.FREE: ~is_held(),
        State.MINE: is_held(Lease.tutor_id == user.id),
        State.OTHERS: is_held(Lease.tutor_id != user.id),
    }
    return query.where(held[filters.state]) if filters.state in held else query


@lru_cache(maxsize=KEPT_STATEMENTS)
def length_of(viewer: User, filters: Filters) -> sa.ScalarSelect[int]:
    """Count what the filters leave, as a part of another statement."""
    works = works_in_queue(viewer, filters)
    return works.with_only_columns(sa.func.count(Submission.id)).scalar_subquery()


def ids_in_turn(
    user: User, filters: Filters, *, limit: int, offset: int = 0
) -> Sequence[int]:
    """Return the ids of some works in the order of the queue; one statement.

    The first works of every lane are found in the order of an index, and only these
    are sorted, however many wait. What is decided stands newest first.
    """
    part = {"limit": limit, "offset": offset, "first": limit + offset}
    statement = _in_turn(anybody_like(user), filters)
    return db.session.scalars(statement, {VIEWER: user.id} | part).all()


@lru_cache(maxsize=KEPT_STATEMENTS)
def _in_turn(viewer: User, filters: Filters) -> sa.Select[int]:
    works = works_in_queue(viewer, filters)
    ids = _in_lanes(works, viewer)
    if filters.state.is_decided:
        newest_first = Submission.sent_at.desc(), Submission.id.desc()
        ids = works.with_only_columns(Submission.id).order_by(*newest_first)
    return ids.limit(_number("limit")).offset(_number("offset"))


def _in_lanes(works: Works, viewer: User) -> sa.Select[int]:
    """Put the first works of each lane behind those of the lane before."""
    lanes = [
        sa.select(
            works.where(lane)
            .with_only_columns(
                Submission.id, Submission.sent_at, sa.literal(number).label("lane")
            )
            .order_by(Submission.sent_at, Submission.id)
            .limit(_number("first"))
            .subquery()
        )
        for number, lane in enumerate(lanes_of(viewer))
    ]
    found = sa.union_all(*lanes).subquery()
    return sa.select(found.c.id).order_by(found.c.lane, found.c.sent_at, found.c.id)


def _number(name: str) -> sa.BindParameter[int]:
    return sa.bindparam(name, type_=sa.Integer)


def with_names(works: Works) -> Works:
    """Load what a page says of a few works that were found by their ids."""
    return works.options(
        joinedload(Submission.cohort),
        joinedload(Submission.module).joinedload(Module.current_revision),
        joinedload(Submission.team).joinedload(Team.school),
        joinedload(Submission.user),
    )


def free_works(tutor: User, filters: Filters) -> list[Works]:
    """Return what the tutor may take, lane by lane.

    The lanes one after another are the order of the queue. Each of them alone is the
    order of an index, so the first work of ten thousand is found as fast as of ten.
    """
    free = narrowed(reviewable_works(tutor), filters).where(
        Submission.status == Status.WAITING,
        ~is_held(),
        Submission.sent_at <= moment_of_asking(ago=undo_term()),
    )
    by_age = Submission.sent_at, Submission.id
    return [free.where(lane).order_by(*by_age) for lane in lanes_of(tutor)]


def first_free(tutor: User, filters: Filters) -> Submission | None:
    """Return the work that «Взять следующую» would take, and take nothing."""
    lanes = free_works(tutor, filters)
    found = (db.session.scalar(lane.limit(1)) for lane in lanes)
    return next(filter(None, found), None)


def is_held(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Tell of a work whether somebody has it now."""
    return sa.exists().where(
        Lease.submission_id == Submission.id,
        Lease.until > moment_of_asking(),
        *conditions,
    )


def narrowed(works: Works, filters: Filters) -> Works:
    """Leave the works of the chosen cohort and module."""
    if filters.cohort_id:
        works = works.where(Submission.cohort_id == filters.cohort_id)
    if filters.module_id:
        works = works.where(Submission.module_id == filters.module_id)
    return works


def lanes_of(user: User) -> list[sa.ColumnElement[bool]]:
    """Divide what waits: what came back to me, then the rest; overdue works first.

    The list, the place of a work in it and «Взять следующую» share these lanes;
    within one the oldest goes first.
    """
    came_back = Submission.returned_by_id == user.id
    is_new = Submission.returned_by_id.is_distinct_from(user.id)
    overdue = Submission.due_on < day_of_asking()
    in_time = sa.or_(Submission.due_on.is_(None), Submission.due_on >= day_of_asking())
    return [
        sa.and_(whose, when)
        for whose in (came_back, is_new)
        for when in (overdue, in_time)
    ]


def lane_of(submission: Submission, user: User) -> int:
    """Return the number of the lane in which a waiting work stands."""
    came_back = submission.returned_by_id == user.id
    return 2 * (not came_back) + (not submission.is_overdue)
