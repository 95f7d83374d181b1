"""A worker: does jobs one after another, shows that it lives, and stops in time.

It is a process of its own (`flask jobs run`) or a thread beside `python app.py`.
"""

import logging
import threading
import time
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import utcnow
from lms.core.extensions import Model, db
from lms.core.job_tries import call_back, run_next
from lms.core.jobs import enqueue_daily, first_steps
from lms.core.personal import impersonal
from lms.core.schema import cause
from lms.core.smtp import one_connection

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 30
# How long to wait for jobs, and how long at most for a database that is away.
PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1, 30
SILENCE = timedelta(minutes=10)


class Heartbeat(Model):
    """When a worker has last shown that it lives; one row for all workers."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]


impersonal(Heartbeat, "id at")


class Worker:
    """Does jobs until it is told to stop, between one job and the next."""

    def __init__(self, app: Flask, stop: threading.Event) -> None:
        self.app, self.stop = app, stop
        self.has_begun = False
        self.look_at = time.monotonic()
        self.pause = PAUSE_SECONDS

    def run(self) -> None:
        """Do what waits, and look every second for more."""
        while not self.stop.is_set():
            self._round()
            self.stop.wait(self.pause)

    def _round(self) -> None:
        """Do all that waits; tell once of a database that is away, then look seldom."""
        is_lost = self.pause > PAUSE_SECONDS
        try:
            self._do_what_waits()
        except SQLAlchemyError as error:
            if not is_lost:
                logger.error("the job table is out of reach: %s", cause(error))
            self.pause = min(2 * self.pause, LONGEST_PAUSE_SECONDS)
        else:
            if is_lost:
                logger.info("the job table is back")
            self.pause = PAUSE_SECONDS

    def _do_what_waits(self) -> None:
        found = True
        with one_connection():
            while found and not self.stop.is_set():
                with self.app.app_context():
                    self._look()
                    found = run_next()

    def _look(self) -> None:
        """Do what is due every half a minute, however many jobs wait."""
        if time.monotonic() < self.look_at:
            return
        if not self.has_begun:
            for step in first_steps:
                step()
        beat()
        if count := call_back():
            logger.warning("the clock was ahead: %s jobs are done now", count)
        enqueue_daily(utcnow())
        self.has_begun = True
        self.look_at = time.monotonic() + LOOK_EVERY_SECONDS


def run_worker(app: Flask, stop: threading.Event) -> None:
    """Do jobs until told to stop."""
    Worker(app, stop).run()


def beat() -> None:
    """Write down that a worker lives; of two that begin at once one adds the row."""
    now = utcnow()
    known = db.session.scalar(
        sa.update(Heartbeat).values(at=now).returning(Heartbeat.id)
    )
    if known is None:
        try:
            with db.session.begin_nested():
                db.session.add(Heartbeat(id=1, at=now))
        except IntegrityError:
            logger.info("another worker has begun as well")
    db.session.commit()


def is_at_work() -> bool:
    """Tell whether a worker has shown itself within ten minutes."""
    return is_fresh(db.session.scalar(sa.select(Heartbeat.at)))


def is_fresh(beat_at: datetime | None) -> bool:
    """Tell a heartbeat from one long ago, or of a clock that was ahead."""
    return beat_at is not None and abs(utcnow() - beat_at) < SILENCE
