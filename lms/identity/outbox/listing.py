"""Where letters are: waiting, gone, or failed, a bounded number of rows at a time."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.jobs import Delivery, Job, is_letter
from lms.identity.accounts.models import User

PAGE = 50


class Place(enum.Enum):
    """Where a letter is. The value is what people read."""

    PARKED = "не ушли"
    FAILING = "пока не уходят"
    WAITING = "в очереди"
    SENT = "ушли"
    KEPT = "лежат в папке"

    @property
    def condition(self) -> sa.ColumnElement[bool]:
        """Tell the database to find the jobs that are there."""
        return {
            Place.PARKED: Job.failed_for_good(),
            Place.FAILING: sa.and_(Job.waiting(), Job.error != ""),
            Place.WAITING: sa.and_(Job.waiting(), Job.error == ""),
            Place.SENT: Job.delivery == Delivery.SENT,
            Place.KEPT: Job.delivery == Delivery.KEPT,
        }[self]


UNDONE = (Place.PARKED, Place.FAILING, Place.WAITING)


@dataclass(frozen=True)
class Row:
    """A letter and to whom it goes, as far as that is still known."""

    job: Job
    whom: str

    @property
    def place(self) -> Place | None:
        """Tell where the letter is; nowhere, when it was needed no more."""
        if self.job.delivery:
            return Place[self.job.delivery.name]
        if self.job.parked_at:
            return Place.PARKED
        if self.job.done_at:
            return None
        return Place.FAILING if self.job.error else Place.WAITING

    @property
    def state(self) -> str:
        """Say in a word where the letter is; why, stands beside."""
        words: dict[Place | None, str] = {
            Place.PARKED: "не ушло",
            Place.FAILING: "не уходит",
        }
        return words.get(self.place, self.job.letter_state)

    @property
    def title(self) -> str:
        """Say what the letter is about; never what it says."""
        return self.job.payload.get("subject") or self.job.title


class Part(NamedTuple):
    """Some of the letters, and the number before which the earlier ones are."""

    rows: list[Row]
    before: int | None


def letters_of(jobs: sa.Select[Job], *, place: Place | None, before: int = 0) -> Part:
    """Return the letters of one place, or all but those that failed for good.

    The newest come first.
    """
    query = jobs.where(is_letter())
    query = query.where(place.condition if place else ~Job.failed_for_good())
    if before > 0:
        query = query.where(Job.id < before)
    found = db.session.scalars(query.limit(PAGE + 1)).all()
    shown = found[:PAGE]
    return Part(rows_of(shown), shown[-1].id if len(found) > PAGE else None)


def parked_jobs(jobs: sa.Select[Job]) -> Sequence[Job]:
    """Return what failed for good and is no letter, the newest first."""
    query = jobs.where(Place.PARKED.condition, ~is_letter())
    return db.session.scalars(query.limit(PAGE)).all()


def count_undone(jobs: sa.Select[Job]) -> dict[Place, int]:
    """Count the letters that have not gone out; one statement.

    What has gone out is not counted: it only grows, and a count reads all of it.
    """
    counts = (sa.func.count().filter(place.condition) for place in UNDONE)
    query = jobs.where(Job.done_at.is_(None), is_letter()).order_by(None)
    found = db.session.execute(query.with_only_columns(*counts)).one()
    return dict(zip(UNDONE, found, strict=True))


def count_kept(jobs: sa.Select[Job]) -> int:
    """Count the letters in the folder that can go out once there is a mail server."""
    kept = jobs.where(Job.lies_in_folder()).order_by(None)
    return db.session.scalar(kept.with_only_columns(sa.func.count())) or 0


def rows_of(jobs: Iterable[Job]) -> list[Row]:
    """Find out to whom letters go; one statement."""
    jobs = list(jobs)
    ids = {job.payload["person"] for job in jobs if "person" in job.payload}
    people = sa.select(User.id, User.full_name).where(User.id.in_(ids))
    names: dict[int, str] = dict(db.session.execute(people).all() if ids else [])
    return [Row(job, _whom(job, names)) for job in jobs]


def _whom(job: Job, names: dict[int, str]) -> str:
    known = job.payload.get("to") or job.payload.get("email")
    return known or names.get(job.payload.get("person", 0), "")
