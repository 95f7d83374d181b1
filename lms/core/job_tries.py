"""One job at a time: taken by a worker, tried, tried again later, or parked."""

import logging
from datetime import timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.fields import one_line
from lms.core.jobs import (
    Delivery,
    FinalError,
    Job,
    JobError,
    UncertainError,
    handlers,
    is_letter,
    last_kinds,
    lasting_kinds,
    timed_kinds,
)

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
# Between one try and the next; together not quite two days.
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, *[240] * 11)]
# Before the one more try of what may have been done already.
UNSURE_PAUSE = timedelta(hours=1)
MOST_TRIES = len(PAUSES) + 1
# No job that is done as soon as may be waits longer for its next try.
LONGEST_WAIT = max(PAUSES) + LEASE


class Task(NamedTuple):
    """A job as a worker has taken it."""

    id: int
    kind: str
    payload: dict[str, Any]
    tries: int
    error: str


def run_next() -> bool:
    """Do one waiting job; tell whether there was one."""
    task = _take()
    if task is None:
        return False
    try:
        delivery = _do(task)
    except Exception as error:
        db.session.rollback()
        _put_off(task, error)
    else:
        _settle(task, delivery)
    return True


def try_again(*which: sa.ColumnElement[bool]) -> list[int]:
    """Give failed jobs and kept letters all tries anew, in the caller's transaction."""
    anew = {"parked_at": None, "delivery": None, "tries": 0, "error": ""}
    again = (
        sa.update(Job)
        .where(*which, Job.done_at.is_(None))
        .where(sa.or_(Job.error != "", Job.lies_in_folder()))
        .values(run_at=utcnow(), **anew)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    return list(db.session.scalars(again))


def call_back() -> int:
    """Have jobs done now that wait by a clock which was wrong; return how many.

    A clock that was ahead and was set right leaves letters behind for a year hence. A
    letter that nobody has tried waits for no try: for it hours are too long as well.
    """
    is_untried = sa.and_(Job.tries == 0, is_letter())
    longest = sa.or_(
        Job.run_at > utcnow() + LONGEST_WAIT,
        sa.and_(is_untried, Job.run_at > utcnow() + LEASE),
    )
    ahead = Job.waiting(), longest
    called = db.session.execute(
        sa.update(Job)
        .where(*ahead, Job.kind.not_in(sorted(timed_kinds)))
        .values(run_at=utcnow())
    )
    db.session.commit()
    return int(called.rowcount)  # type: ignore[attr-defined]


def _take() -> Task | None:
    """Lease the next job by moving its time past the lease."""
    now = utcnow()
    waiting = (
        sa.select(Job)
        .where(Job.waiting(), Job.run_at <= now)
        .order_by(Job.is_bulk, Job.kind.in_(last_kinds), Job.run_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = db.session.scalar(waiting)
    if found is None:
        db.session.rollback()
        return None
    found.run_at, found.tries = now + LEASE, found.tries + 1
    task = Task(found.id, found.kind, found.payload, found.tries, found.error)
    db.session.commit()
    return task


def _do(task: Task) -> Delivery | None:
    if task.tries > MOST_TRIES:  # each time the process went down with it
        raise FinalError(task.error or "процесс заданий каждый раз обрывался")
    handler = handlers.get(task.kind)
    if handler is None:
        raise FinalError(f"этот выпуск сайта не знает задач «{task.kind}»")
    return handler(task.payload)


def _settle(task: Task, delivery: Delivery | None) -> None:
    """Call a job done, or park a letter that nobody got and that is still of use.

    What a done job held is forgotten.
    """
    facts: dict[str, Any] = {"error": "", "delivery": delivery}
    if delivery is Delivery.KEPT and task.kind in lasting_kinds:
        _update(task, parked_at=utcnow(), **facts)
    else:
        _update(task, done_at=utcnow(), payload={}, **facts)


def _put_off(task: Task, error: Exception) -> None:
    """Have a failed job tried later, or park it.

    What a stranger's server answered may hold signs that no column takes.
    The log comes last: where the database is lost, the update says so by itself, and
    the worker tells of that once.
    """
    is_known = isinstance(error, JobError)
    reason = one_line(str(error) if is_known else repr(error))[:500]
    is_unsure = isinstance(error, UncertainError)
    is_twice = is_unsure and reason == task.error
    if isinstance(error, FinalError) or is_twice or task.tries >= MOST_TRIES:
        _update(task, error=reason, parked_at=utcnow())
    else:
        pause = UNSURE_PAUSE if is_unsure else PAUSES[task.tries - 1]
        _update(task, error=reason, run_at=utcnow() + pause)
    trace = None if is_known else error
    words = "job %s (%s) failed, try %s: %s"
    logger.error(words, task.id, task.kind, task.tries, reason, exc_info=trace)


def _update(task: Task, **values: Any) -> None:
    """Write what came of a job, unless another worker has done it meanwhile."""
    db.session.execute(
        sa.update(Job).where(Job.id == task.id, Job.done_at.is_(None)).values(**values)
    )
    db.session.commit()
