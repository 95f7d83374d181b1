"""The queue: whose turn it is, where a work stands in it, and how long it is."""

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.review.reviews.models import Lease
from lms.review.reviews.permissions import (
    reviewable_works,
    visible_works,
    works_to_read_blind,
)
from lms.schools.teams.models import Team
from lms.work.submissions.models import Status, Submission

Works = sa.Select[Submission]


class State(enum.Enum):
    """Which part of the queue is shown. The value is what people read."""

    QUEUE = "Вся очередь"
    FREE = "Свободные"
    MINE = "У меня"
    OTHERS = "У коллег"
    RETURNED = "Вернули"
    ACCEPTED = "Зачли"


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


@dataclass(frozen=True)
class Summary:
    """The queue in numbers."""

    waiting: int
    overdue: int
    mine: int
    others: int
    came_back: int
    oldest_at: datetime | None

    @property
    def free(self) -> int:
        return self.waiting - self.mine - self.others


@dataclass(frozen=True)
class Place:
    """Where a work stands among those that wait, and what stands beside it."""

    number: int
    total: int
    previous_id: int | None
    next_id: int | None


def works_in_queue(user: User, filters: Filters) -> Works:
    """Return what the filters leave of the works a person sees, in their order."""
    query = _narrowed(visible_works(user), filters)
    if filters.state in {State.RETURNED, State.ACCEPTED}:
        status = Status[filters.state.name]
        query = query.where(Submission.status == status)
        query = query.where(Submission.id.not_in(works_to_read_blind(user)))
        return query.order_by(Submission.sent_at.desc(), Submission.id.desc())
    query = query.where(Submission.status == Status.WAITING)
    held = {
        State.FREE: ~is_held(),
        State.MINE: is_held(Lease.tutor_id == user.id),
        State.OTHERS: is_held(Lease.tutor_id != user.id),
    }
    if filters.state in held:
        query = query.where(held[filters.state])
    return query.order_by(*_turn(user))


def with_names(works: Works) -> Works:
    """Load what a line of the list says, and no texts.

    Each name in a statement of its own: joined, they would be looked up for the
    whole queue before it is cut to one page.
    """
    return works.options(
        selectinload(Submission.cohort),
        selectinload(Submission.module).selectinload(Module.current_revision),
        selectinload(Submission.team).selectinload(Team.school),
        selectinload(Submission.user),
    )


def free_works(tutor: User, filters: Filters) -> list[Works]:
    """Return what the tutor may take, lane by lane.

    The lanes one after another are the order of the queue. Each of them alone is the
    order of an index, so the first work of ten thousand is found as fast as of ten.
    """
    free = _narrowed(reviewable_works(tutor), filters).where(
        Submission.status == Status.WAITING, ~is_held()
    )
    by_age = (Submission.sent_at, Submission.id)
    came_back, overdue = _lanes(tutor)
    return [
        free.where(came_back).order_by(*_turn(tutor)),
        free.where(overdue).order_by(*by_age),
        free.order_by(*by_age),
    ]


def first_free(tutor: User, filters: Filters) -> Submission | None:
    """Return the work that «Взять следующую» would take, and take nothing."""
    lanes = free_works(tutor, filters)
    found = (db.session.scalar(lane.limit(1)) for lane in lanes)
    return next(filter(None, found), None)


def is_held(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Tell of a work whether somebody has it now."""
    return sa.exists().where(
        Lease.submission_id == Submission.id, Lease.until > utcnow(), *conditions
    )


def place_of(submission: Submission, user: User, filters: Filters) -> Place:
    """Find the place of a waiting work in the queue of a person; three statements."""
    waiting = _narrowed(visible_works(user), filters).where(
        Submission.status == Status.WAITING
    )
    turn = _turn(user)
    here = sa.tuple_(*_keys(submission, user))
    before, after = sa.tuple_(*turn) < here, sa.tuple_(*turn) > here
    ids = waiting.with_only_columns(Submission.id)
    number, total = db.session.execute(
        waiting.with_only_columns(
            sa.func.count().filter(before) + 1, sa.func.count(Submission.id)
        )
    ).one()
    backwards = [key.desc() for key in turn]
    return Place(
        number=number,
        total=total,
        previous_id=db.session.scalar(ids.where(before).order_by(*backwards).limit(1)),
        next_id=db.session.scalar(ids.where(after).order_by(*turn).limit(1)),
    )


def queue_summary(user: User) -> Summary:
    """Count what waits for a tutor, or everywhere for an admin; one statement."""
    lease = sa.and_(Lease.submission_id == Submission.id, Lease.until > utcnow())
    waiting = visible_works(user).where(Submission.status == Status.WAITING)

    def count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.count().filter(condition)

    row = db.session.execute(
        waiting.outerjoin(Lease, lease).with_only_columns(
            sa.func.count(Submission.id),
            count(Submission.due_on < today()),
            count(Lease.tutor_id == user.id),
            count(Lease.tutor_id != user.id),
            count(Submission.returned_by_id == user.id),
            sa.func.min(Submission.sent_at),
        )
    ).one()
    return Summary(*row)


def _narrowed(works: Works, filters: Filters) -> Works:
    if filters.cohort_id:
        works = works.where(Submission.cohort_id == filters.cohort_id)
    if filters.module_id:
        works = works.where(Submission.module_id == filters.module_id)
    return works


def _turn(user: User) -> list[Any]:
    """The order of the queue: what came back to me, what is overdue, what is oldest.

    The list, the place of a work in it and «Взять следующую» share this order.
    """
    lanes = [sa.case((lane, 0), else_=1) for lane in _lanes(user)]
    return [*lanes, Submission.sent_at, Submission.id]


def _lanes(user: User) -> list[sa.ColumnElement[bool]]:
    """What goes before its age: works that came back to me, and overdue ones."""
    return [Submission.returned_by_id == user.id, Submission.due_on < today()]


def _keys(submission: Submission, user: User) -> list[sa.ColumnElement[Any]]:
    """The same order for one work."""
    came_back = submission.returned_by_id == user.id
    return [
        sa.literal(0 if came_back else 1),
        sa.literal(0 if submission.is_overdue else 1),
        sa.literal(submission.sent_at, Submission.sent_at.type),
        sa.literal(submission.id),
    ]
