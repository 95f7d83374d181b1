"""Work that goes on after the answer: a table of jobs, and what each kind does.

A job is enqueued in the transaction that causes it, so it exists exactly when
its cause does. A worker leases a job, and a job whose worker died is taken again
when the lease ends: at least once, never before the commit. What fails is tried
again for two days; then, or at once where that is of no use, it is parked until an
admin has it tried once more (`lms/core/job_tries.py`). A letter that only got into
the folder, for want of a mail server, waits for an admin in the same way.
"""

import enum
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import utcnow
from lms.core.extensions import Model, db
from lms.core.language import site_zone
from lms.core.personal import Purpose, Term, personal

logger = logging.getLogger(__name__)


class Delivery(enum.Enum):
    """What became of the letter that a job had to send. The value is what people read.

    A job that has nothing to send says nothing.
    """

    SENT = "ушло"
    KEPT = "почта не настроена: письмо лежит в папке"


Handler = Callable[[dict[str, Any]], Delivery | None]
handlers: dict[str, Handler] = {}
# What people call the jobs of a kind.
titles: dict[str, str] = {}
# Kinds that hand a letter to the mail server, and those that let all others go first.
letter_kinds, last_kinds = set[str](), set[str]()
# Letters that are of use on a later day: parked where they could only be kept.
lasting_kinds = set[str]()
# Kinds that wait for a moment of their own; the others are done as soon as may be.
timed_kinds = set[str]()
# Kind of job → the hour, by the clock of the course, at which it is added each day.
hours: dict[str, int] = {}
# What a worker does first, before any job: to settle what a stopped one left behind.
first_steps: list[Callable[[], None]] = []


class JobError(Exception):
    """A job could not be done this time; the text says to admins why."""


class FinalError(JobError):
    """A job could not be done, and another try would end in the same way."""


class UncertainError(JobError):
    """A job may be done or not, and nobody can tell; another try may do it twice."""


class Job(Model):
    """One piece of work to be done after its cause was committed."""

    __table_args__ = (
        sa.Index("ix_job_waiting", "done_at", "parked_at", "is_bulk", "run_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    # Emptied when the job is done: a letter may hold what opens an account.
    payload: Mapped[dict[str, Any]]
    # Two jobs with the same key are one: a mail is not sent twice for one event.
    key: Mapped[str | None] = mapped_column(sa.String(120), unique=True)
    # A thousand invitations give way to the one letter somebody waits for.
    is_bulk: Mapped[bool] = mapped_column(default=False)
    run_at: Mapped[datetime] = mapped_column(default=utcnow)
    tries: Mapped[int] = mapped_column(default=0)
    # Why the last try failed; none while there was none.
    error: Mapped[str] = mapped_column(sa.Text, default="")
    done_at: Mapped[datetime | None]
    # Failed for good, or kept in the folder; nobody tries it unless an admin asks.
    parked_at: Mapped[datetime | None]
    delivery: Mapped[Delivery | None]

    @classmethod
    def waiting(cls) -> sa.ColumnElement[bool]:
        """Tell the database to find what is still to be done."""
        return sa.and_(cls.done_at.is_(None), cls.parked_at.is_(None))

    @classmethod
    def failed_for_good(cls) -> sa.ColumnElement[bool]:
        """Tell the database to find what nobody tries any more."""
        return sa.and_(cls.parked_at.is_not(None), cls.delivery.is_(None))

    @classmethod
    def lies_in_folder(cls) -> sa.ColumnElement[bool]:
        """Tell the database to find letters that can go once there is a mail server."""
        return sa.and_(cls.done_at.is_(None), cls.delivery == Delivery.KEPT)

    @property
    def can_go_again(self) -> bool:
        """Tell whether another try is of use."""
        return self.done_at is None and bool(self.error or self.delivery)

    @property
    def title(self) -> str:
        """Say what kind of job this is; one of another release by its own name."""
        return titles.get(self.kind, self.kind)

    @property
    def letter_state(self) -> str:
        """Say where the letter of this job is."""
        if self.delivery:
            return self.delivery.value
        if self.done_at:
            return "не понадобилось"
        return f"не уходит: {self.error}" if self.error else "в очереди"


personal(
    Job,
    "Письма и задания, которые ждут отправки",
    Purpose.LETTERS,
    of={},
    term=Term.UNTIL_SENT,
    names="payload error",
    plain="id kind key is_bulk run_at tries done_at parked_at delivery",
)


def is_letter() -> sa.ColumnElement[bool]:
    """Tell the database to find the jobs that send letters."""
    return Job.kind.in_(sorted(letter_kinds))


def job(
    kind: str,
    title: str,
    *,
    letter: bool = False,
    last: bool = False,
    lasting: bool = False,
    timed: bool = False,
) -> Callable[[Handler], Handler]:
    """Name the function that does jobs of a kind, and the kind as people call it."""

    def register(handler: Handler) -> Handler:
        handlers[kind], titles[kind] = handler, title
        letter_kinds.update({kind} if letter else ())
        last_kinds.update({kind} if last else ())
        lasting_kinds.update({kind} if lasting else ())
        timed_kinds.update({kind} if timed else ())
        return handler

    return register


def first_step(step: Callable[[], None]) -> Callable[[], None]:
    """Name a function that every worker calls once, when it starts."""
    first_steps.append(step)
    return step


def every_day(kind: str, title: str, *, hour: int) -> Callable[[Handler], Handler]:
    """Name the function that does the job of a day, `{"day": "2026-11-22"}`."""
    hours[kind] = hour
    return job(kind, title)


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
    kind: str,
    payload: dict[str, Any],
    *,
    key: str | None = None,
    bulk: bool = False,
    run_at: datetime | None = None,
) -> None:
    """Add a job to the caller's transaction, unless there is one with this key.

    Two workers may find the same thing to do at once, so the constraint decides. Only
    jobs of a `timed` kind have a `run_at`.
    """
    if key and db.session.scalar(sa.select(Job.id).where(Job.key == key)):
        return
    db.session.flush()  # what else is wrong must not pass for a second key
    try:
        with db.session.begin_nested():
            facts = {"kind": kind, "payload": payload, "key": key, "is_bulk": bulk}
            db.session.add(Job(**facts, run_at=run_at or utcnow()))
    except IntegrityError:
        logger.info("job %s: another worker was faster", key)
