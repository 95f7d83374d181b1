"""Issuing to a whole cohort: asked for once, done by a job, one person at a time."""

import logging
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import enqueue, job
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.outcomes.batches.archives import ask_for_archive
from lms.outcomes.batches.models import Batch, BatchPerson
from lms.outcomes.batches.permissions import visible_batches
from lms.outcomes.certificates.candidates import candidates_of
from lms.outcomes.certificates.services import add_certificate

# So many people a job, for it has to end well within its lease.
SLICE = 20

logger = logging.getLogger(__name__)


def start_batch(cohort: Cohort, *, actor: User) -> Batch | None:
    """Have everybody in a cohort who is ready get a certificate; nothing if none is.

    Whoever presses again, or at the same time, gets the batch that is under way.
    """
    if under_way := batch_under_way(cohort):
        return under_way
    ready = [one.user.id for one in candidates_of([cohort], actor) if one.is_ready]
    if not ready:
        return None
    batch = Batch(cohort_id=cohort.id, asked_by_id=actor.id)
    batch.people = [BatchPerson(user_id=n, place=at) for at, n in enumerate(ready)]
    try:
        with db.session.begin_nested():
            db.session.add(batch)
    except IntegrityError:
        return batch_under_way(cohort)
    _go_on(batch, waiting=len(ready))
    db.session.commit()
    logger.info("batch %s: %s people, by user %s", batch.id, len(ready), actor.id)
    return batch


def batch_under_way(cohort: Cohort) -> Batch | None:
    """Return the batch of a cohort that is not finished, if there is one."""
    return db.session.scalar(
        sa.select(Batch).where(
            Batch.cohort_id == cohort.id, Batch.finished_at.is_(None)
        )
    )


def last_batch(cohort: Cohort, viewer: User) -> Batch | None:
    """Return what was asked for last in a cohort, as far as the viewer may know."""
    of_cohort = visible_batches(viewer).where(Batch.cohort_id == cohort.id)
    return db.session.scalar(of_cohort.order_by(Batch.id.desc()).limit(1))


@job("issue_batch", "Выдача сертификатов потоку")
def issue_next(request: dict[str, Any]) -> None:
    """Issue to some people of a batch; another job goes on with the others.

    Whoever it was cut off at is asked about again, and has a certificate or none.
    """
    batch_id = request["batch_id"]
    for user_id in _waiting(batch_id)[:SLICE]:
        db.session.commit()
        _issue_to(batch_id, user_id)
    waiting = len(_waiting(batch_id))
    batch = db.session.get_one(Batch, batch_id)
    if waiting:
        _go_on(batch, waiting=waiting)
    elif batch.is_under_way:
        batch.finished_at = utcnow()
        ask_for_archive(batch.cohort)
    db.session.commit()


def _go_on(batch: Batch, *, waiting: int) -> None:
    payload = {"batch_id": batch.id}
    enqueue("issue_batch", payload, key=f"issue_batch:{batch.id}:{waiting}")


def _waiting(batch_id: int) -> Sequence[int]:
    return db.session.scalars(
        sa.select(BatchPerson.user_id)
        .where(BatchPerson.batch_id == batch_id, BatchPerson.done_at.is_(None))
        .order_by(BatchPerson.place)
    ).all()


def _issue_to(batch_id: int, user_id: int) -> None:
    """Issue to one person, and say in the same transaction that it was done."""
    try:
        if not _settle(batch_id, user_id, done_at=utcnow()):
            return
        batch = db.session.get_one(Batch, batch_id)
        holder = db.session.get_one(User, user_id)
        new = add_certificate(holder, batch.cohort, actor=batch.asked_by)
        person = db.session.get_one(BatchPerson, (batch_id, user_id))
        person.certificate_id = new.id
    except RuleError as error:
        db.session.rollback()
        _settle(batch_id, user_id, done_at=utcnow(), refusal=str(error))
    db.session.commit()


def _settle(batch_id: int, user_id: int, **facts: Any) -> bool:
    """Take somebody who waits out of the line; false if another worker was faster."""
    settled = db.session.execute(
        sa.update(BatchPerson)
        .where(BatchPerson.batch_id == batch_id, BatchPerson.user_id == user_id)
        .where(BatchPerson.done_at.is_(None))
        .values(**facts)
    )
    return bool(settled.rowcount)  # type: ignore[attr-defined]
