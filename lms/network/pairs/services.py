"""What may happen to pairs and to the rows of their plans."""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.network.pairs.models import Pair, PairEvent
from lms.schools.teams.models import School
from lms.schools.teams.signals import school_emptied

logger = logging.getLogger(__name__)

ONE_SCHOOL = "Пару составляют две разные школы."
KNOWN = "Эта пара уже открыта."
CLOSED = "Пара закрыта: её план больше не меняют."
REMOVED = "Пока вы писали, эту строку убрали. Добавьте её снова."
CLASH = (
    "Пока вы писали, эту строку изменил кто-то ещё. Ваш текст в полях, прежний стоит"
    " ниже. Соедините их и сохраните ещё раз."
)


def open_pair(
    one: School,
    other: School,
    *,
    goal: str,
    signed_on: date,
    until: date | None,
    actor: User,
    form_key: str | None = None,
) -> Pair:
    """Bring two schools together; two who do it at once make one pair."""
    if known := added_before(Pair, form_key):
        return known
    if one.id == other.id:
        raise RuleError(ONE_SCHOOL)
    first, second = sorted((one, other), key=lambda school: school.id)
    facts = {"goal": goal, "signed_on": signed_on, "until": until}
    pair = Pair(first=first, second=second, form_key=form_key, **facts)
    db.session.add(pair)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError(KNOWN) from None
    record(actor.id, "открыта пара школ", pair)
    db.session.commit()
    logger.info("pair %s: opened by user %s", pair.id, actor.id)
    return pair


def close_pair(pair: Pair, *, actor: User) -> None:
    """End a pair; its plan stays to be read. Pressed twice, it is closed once."""
    closed = db.session.scalar(
        sa.update(Pair)
        .where(Pair.id == pair.id, Pair.closed_at.is_(None))
        .values(closed_at=utcnow())
        .returning(Pair.id)
    )
    if closed is None:
        db.session.rollback()
        return
    record(actor.id, "закрыта пара школ", pair)
    db.session.commit()
    logger.info("pair %s: closed by user %s", pair.id, actor.id)


def add_event(
    pair: Pair,
    values: Mapping[str, Any],
    *,
    author: User,
    form_key: str | None = None,
) -> PairEvent:
    """Add a row to the plan."""
    if known := added_before(PairEvent, form_key):
        return known
    _lock_open(pair)
    event = PairEvent(pair_id=pair.id, form_key=form_key, **values)
    db.session.add(event)
    _commit(event, "в план пары добавлено", author)
    return event


def change_event(
    pair: Pair,
    event: PairEvent,
    values: Mapping[str, Any],
    *,
    seen: Mapping[str, str],
    author: User,
) -> None:
    """Save what a person changed; `seen` is what the page showed.

    What only somebody else changed meanwhile stays; of what both changed nothing is
    lost either: the person is shown both texts and saves again.
    """
    _lock_open(pair)
    db.session.refresh(event, with_for_update=True)
    if event.removed_at:
        db.session.rollback()
        raise RuleError(REMOVED)
    mine = {name: one for name, one in values.items() if str(one) != seen.get(name)}
    now = {name: str(getattr(event, name)) for name in mine}
    if any(now[name] not in (seen.get(name), str(one)) for name, one in mine.items()):
        db.session.rollback()
        raise RuleError(CLASH)
    for name, value in mine.items():
        setattr(event, name, value)
    _commit(event, "изменено в плане пары", author)


def remove_event(pair: Pair, event: PairEvent, *, author: User) -> None:
    """Take a row out of the plan; pressed twice, it is removed once."""
    _lock_open(pair)
    db.session.refresh(event, with_for_update=True)
    if event.removed_at is None:
        event.removed_at = utcnow()
        _commit(event, "из плана пары убрано", author)


def _lock_open(pair: Pair) -> None:
    """Hold a pair open until the commit: nobody writes into one that was closed."""
    db.session.refresh(pair, with_for_update={"of": Pair})
    if not pair.is_open:
        db.session.rollback()
        raise RuleError(CLOSED)


def _commit(event: PairEvent, action: str, author: User) -> None:
    person_acted.send(author)
    record(author.id, action, event)
    db.session.commit()


@school_emptied.connect
def move_pairs(school: School, *, left: int) -> None:
    """Take the pairs along.

    A pair that would be of one school, or stand there twice, is closed where it is.
    """
    ours = sa.or_(Pair.first_id == left, Pair.second_id == left)
    for pair in db.session.scalars(sa.select(Pair).where(ours).order_by(Pair.id)).all():
        other = pair.second_id if pair.first_id == left else pair.first_id
        first, second = sorted((other, school.id))
        is_known = sa.exists().where(
            Pair.first_id == first, Pair.second_id == second, Pair.closed_at.is_(None)
        )
        is_twin = pair.is_open and db.session.scalar(sa.select(is_known))
        if first == second or is_twin:
            pair.closed_at = pair.closed_at or utcnow()
        else:
            pair.first_id, pair.second_id = first, second
        db.session.flush()
