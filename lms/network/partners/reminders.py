"""Whom the morning reminds: of agreements that end, of partners left alone."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.identity.accounts.models import User
from lms.network.partners.models import NOTICE, Agreement, Partner
from lms.network.partners.permissions import people_of
from lms.schools.teams.models import Membership, School

MONDAY = 0
# The card under which a partner is read.
Card = aliased(Partner)


def ending_for(person: User, memberships: Sequence[Membership]) -> list[Agreement]:
    """Return the agreements near their end of which a person has had no letter yet.

    The keeper is reminded; of partners without a keeper the captain is.
    """
    led, mine = _led(memberships), [one.team.school_id for one in memberships]
    if not mine:
        return []
    on = today()
    untold = sa.or_(
        Agreement.reminded_at.is_(None), Agreement.reminded_to_id != person.id
    )
    is_kept = sa.and_(Card.keeper_id == person.id, Card.school_id.in_(mine))
    is_alone = sa.and_(Card.school_id.in_(led), _has_no_keeper())
    card_id = sa.func.coalesce(Partner.merged_into_id, Partner.id)
    ending = (
        sa.select(Agreement)
        .join(Agreement.partner)
        .join(Card, Card.id == card_id)
        .where(Agreement.ends_on >= on, Agreement.ends_on <= on + timedelta(NOTICE))
        .where(Card.until.is_(None), untold, sa.or_(is_kept, is_alone))
        .order_by(Agreement.ends_on, Agreement.id)
        .options(joinedload(Agreement.partner))
    )
    return list(db.session.scalars(ending))


def alone_for(memberships: Sequence[Membership]) -> list[tuple[School, int]]:
    """Count for a captain, on Mondays, the partners with whom nobody keeps in touch."""
    led = _led(memberships)
    if not led or today().weekday() != MONDAY:
        return []
    counted = (
        sa.select(School, sa.func.count(Card.id))
        .join(Card, Card.school_id == School.id)
        .where(School.id.in_(led), Card.until.is_(None))
        .where(Card.merged_into_id.is_(None), _has_no_keeper())
        .group_by(School.id)
        .order_by(School.id)
    )
    return [(school, count) for school, count in db.session.execute(counted)]


def note_reminded(agreement_ids: Iterable[int], person_id: int) -> None:
    """Remember that a letter that reminds has left; the caller commits."""
    told = sa.update(Agreement).where(Agreement.id.in_(list(agreement_ids)))
    db.session.execute(told.values(reminded_at=utcnow(), reminded_to_id=person_id))


def _led(memberships: Iterable[Membership]) -> Collection[int]:
    return {one.team.school_id for one in memberships if one.is_captain}


def _has_no_keeper() -> sa.ColumnElement[bool]:
    here = people_of(Card.school_id).where(User.id == Card.keeper_id)
    return ~here.correlate(Card).exists()
