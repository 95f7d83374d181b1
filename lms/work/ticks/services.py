"""Ticking what is answered, and sending the ticks with the next attempt."""

import logging
from collections.abc import Mapping
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.work.submissions.models import Attempt, Status
from lms.work.submissions.services import lock_work_in, newest_number
from lms.work.ticks.models import SentTick, Tick

logger = logging.getLogger(__name__)

Row = TypeVar("Row", Tick, SentTick)


def tick(attempt: Attempt, item: str, *, member: User) -> None:
    """Note that a remark is answered; who was first stays named."""
    _hold(attempt)
    try:
        with db.session.begin_nested():
            row = Tick(attempt_id=attempt.id, item=item, ticked_by_id=member.id)
            db.session.add(row)
    except sa.exc.IntegrityError:
        logger.info("attempt %s: %s was ticked already", attempt.id, item)
    person_acted.send(member)
    db.session.commit()
    logger.info("attempt %s: %s ticked by user %s", attempt.id, item, member.id)


def untick(attempt: Attempt, item: str, *, member: User) -> None:
    """Take a tick away, whoever made it: the team answers together."""
    _hold(attempt)
    db.session.execute(
        sa.delete(Tick).where(Tick.attempt_id == attempt.id, Tick.item == item)
    )
    db.session.commit()
    logger.info("attempt %s: %s unticked by user %s", attempt.id, item, member.id)


def _hold(attempt: Attempt) -> None:
    """Hold the work's row, so that ticks and sending do not cross.

    A page left open may show the remarks to an attempt before the last.
    """
    refusal = "Работа уже отправлена, отметки больше не меняются."
    lock_work_in(attempt.submission, {Status.RETURNED}, refusal=refusal)
    if newest_number(attempt.submission) != attempt.number:
        db.session.rollback()
        raise RuleError("Работу вернули ещё раз, замечания новые. Обновите страницу.")


def send_ticks(attempt: Attempt) -> None:
    """Make the ticks a part of the attempt that is being sent; the caller commits."""
    db.session.flush()
    earlier = sa.select(Attempt.id).where(
        Attempt.submission_id == attempt.submission_id, Attempt.id != attempt.id
    )
    ticks = db.session.execute(
        sa.delete(Tick)
        .where(Tick.attempt_id.in_(earlier))
        .returning(Tick.item, Tick.ticked_by_id, Tick.ticked_at)
        .execution_options(synchronize_session=False)
    )
    db.session.add_all(
        SentTick(attempt_id=attempt.id, **row) for row in ticks.mappings()
    )


def give_ticks_back(withdrawn: Attempt, *, to: Attempt) -> None:
    """Let the team go on with the ticks of an attempt it took back; no commit."""
    for sent in sent_ticks_of(withdrawn).values():
        row = Tick(
            attempt_id=to.id,
            item=sent.item,
            ticked_by_id=sent.ticked_by_id,
            ticked_at=sent.ticked_at,
        )
        db.session.add(row)


def ticks_of(attempt: Attempt) -> Mapping[str, Tick]:
    """Return what the team has ticked since this attempt came back, by item."""
    return {tick.item: tick for tick in db.session.scalars(_by_attempt(Tick, attempt))}


def sent_ticks_of(attempt: Attempt) -> Mapping[str, SentTick]:
    """Return what had been ticked when this attempt was sent, by item."""
    rows = db.session.scalars(_by_attempt(SentTick, attempt))
    return {tick.item: tick for tick in rows}


def _by_attempt(model: type[Row], attempt: Attempt) -> sa.Select[Row]:
    return (
        sa.select(model)
        .where(model.attempt_id == attempt.id)
        .options(joinedload(model.ticked_by))
    )
