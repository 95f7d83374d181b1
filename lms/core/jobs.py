"""Work that goes on after the answer: a table of jobs and those who do them.

A job is enqueued in the transaction that causes it, so it exists exactly when
its cause does. A worker leases a job, and a job whose worker died is taken again
when the lease ends: at least once, never before the commit.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import utcnow
from lms.core.extensions import Model, db
from lms.core.language import site_zone

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240)]
Handler = Callable[[dict[str, Any]], None]
handlers: dict[str, Handler] = {}
# Kind of job → the hour, by the clock of the course, at which it is added each day.
hours: dict[str, int] = {}
LOOK_EVERY_SECONDS = 30


class Job(Model):
    """One piece of work to be done after its cause was committed."""

    __table_args__ = (sa.Index("ix_job_waiting", "done_at", "is_bulk", "run_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    payload: Mapped[dict[str, Any]]
    # Two jobs with the same key are one: a mail is not sent twice for one event.
    key: Mapped[str | None] = mapped_column(sa.String(120), unique=True)
    # A thousand invitations give way to the one letter somebody waits for.
    is_bulk: Mapped[bool] = mapped_column(default=False)
    run_at: Mapped[datetime] = mapped_column(default=utcnow)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(sa.Text, default="")
    done_at: Mapped[datetime | None]


def job(kind: str) -> Callable[[Handler], Handler]:
    """Name the function that does jobs of a kind."""

    def register(handler: Handler) -> Handler:
        handlers[kind] = handler
        return handler

    return register


def every_day(kind: str, *, hour: int) -> Callable[[Handler], Handler]:
    """Name the function that does the job of a day, `{"day": "2026-11-22"}`."""
    hours[kind] = hour
    return job(kind)


def enqueue_daily(moment: datetime) -> None:
    """Add the jobs whose hour has come by this moment.

    The key holds the day: two workers, a late start or a clock that jumped back
    make no second job.
    """
    local = moment.astimezone(site_zone())
    day = local.date().isoformat()
    for kind, hour in hours.items():
        if local.hour >= hour:
            enqueue(kind, {"day": day}, key=f"{kind}:{day}")
    db.session.commit()


def enqueue(
    kind: str, payload: dict[str, Any], *, key: str | None = None, bulk: bool = False
) -> None:
    """Add a job to the caller's transaction, unless there is one with this key.

    Two workers may find the same thing to do at once, so the constraint decides.
    """
    if key and db.session.scalar(sa.select(Job.id).where(Job.key == key)):
        return
    db.session.flush()  # what else is wrong must not pass for a second key
    try:
        with db.session.begin_nested():
            db.session.add(Job(kind=kind, payload=payload, key=key, is_bulk=bulk))
    except IntegrityError:
        logger.info("job %s: another worker was faster", key)


def run_next() -> bool:
    """Do one waiting job; tell whether there was one."""
    task = _take()
    if task is None:
        return False
    job_id, kind, payload, tries = task
    try:
        handlers[kind](payload)
    except Exception as error:
        db.session.rollback()
        logger.exception("job %s (%s) failed, try %s", job_id, kind, tries)
        pause = PAUSES[min(tries, len(PAUSES)) - 1]
        _update(job_id, error=repr(error)[:500], run_at=utcnow() + pause)
    else:
        _update(job_id, done_at=utcnow(), error="")
    return True


def run_worker(app: Flask, stop: threading.Event) -> None:
    """Do jobs until told to stop; look for new ones every second."""
    look_at = time.monotonic()
    while not stop.is_set():
        with app.app_context():
            try:
                if time.monotonic() >= look_at:
                    look_at = time.monotonic() + LOOK_EVERY_SECONDS
                    enqueue_daily(utcnow())
                found = run_next()
            except sa.exc.SQLAlchemyError:
                logger.exception("the job table is out of reach")
                found = False
        if not found:
            stop.wait(1)


def _take() -> tuple[int, str, dict[str, Any], int] | None:
    """Lease the next job by moving its time past the lease."""
    now = utcnow()
    waiting = (
        sa.select(Job)
        .where(Job.done_at.is_(None), Job.run_at <= now)
        .order_by(Job.is_bulk, Job.run_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    task = db.session.scalar(waiting)
    if task is None:
        db.session.rollback()
        return None
    task.run_at, task.tries = now + LEASE, task.tries + 1
    taken = task.id, task.kind, task.payload, task.tries
    db.session.commit()
    return taken


def _update(job_id: int, **values: Any) -> None:
    db.session.execute(sa.update(Job).where(Job.id == job_id).values(**values))
    db.session.commit()
