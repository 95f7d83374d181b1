"""Giving a person a territory to look after, and taking it back; history stays."""

import logging
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_coordinate
from lms.identity.audit.services import record
from lms.identity.erasures.ties import Tie, ties_people
from lms.schools.territories.models import Coordination, Territory

logger = logging.getLogger(__name__)


def give_territory(person: User, territory: Territory, *, actor: User) -> None:
    """Let a coordinator look after a territory from today on; given twice, once."""
    if not can_coordinate(person):
        raise RuleError("Сначала отметьте роль «координатор».")
    held = {"user_id": person.id, "territory_id": territory.id}
    try:
        with db.session.begin_nested():
            db.session.add(Coordination(**held, since=today()))
    except IntegrityError:
        return
    after = {"территория": territory.name}
    record(actor.id, "дана территория", person, after=after)
    db.session.commit()
    logger.info("user %s: territory %s by %s", person.id, territory.id, actor.id)


def take_territory(person: User, territory: Territory, *, actor: User) -> None:
    """Take it back: from today on the person no longer sees its schools."""
    ended = db.session.scalar(
        sa.update(Coordination)
        .where(Coordination.user_id == person.id, Coordination.until.is_(None))
        .where(Coordination.territory_id == territory.id)
        .values(until=today())
        .returning(Coordination.id)
    )
    if ended is None:
        db.session.rollback()
        return
    before = {"территория": territory.name}
    record(actor.id, "снята территория", person, before=before)
    db.session.commit()
    logger.info("user %s: lost territory %s", person.id, territory.id)


@ties_people
def tied_by_territory(person: User) -> Iterator[Tie]:
    """Somebody else has to look after the schools, and that is for admins to choose."""
    given = (
        sa.select(Territory.name)
        .join(Coordination, Coordination.territory_id == Territory.id)
        .where(Coordination.user_id == person.id, Coordination.until.is_(None))
    )
    for name in db.session.scalars(given.order_by(Territory.name)):
        sentence = f"Вы координатор территории «{name}»: её отдадут другому."
        yield Tie(sentence, is_binding=False)
