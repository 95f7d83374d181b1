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
from lms.schools.teams.models import Membership, School, Team

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
    untold = sa.or_(
        Agreement.reminded_at.is_(None), Agreement.reminded_to_id != person.id
    )
    is_kept = sa.and_(Card.keeper_id == person.id, Card.school_id.in_(mine))
    is_alone = sa.and_(Card.school_id.in_(led), _has_no_keeper())
    ending = (
        _ending()
        .where(untold, sa.or_(is_kept, is_alone))
        .order_by(Agreement.ends_on, Agreement.id)
        .options(joinedload(Agreement.partner))
    )
    return list(db.session.scalars(ending))


def people_to_remind() -> sa.Select[int]:
    """Return the ids of those to whom an agreement near its end matters.

    A partner stays when a cohort is over, and so does its keeper.
    """
    keepers = _ending().with_only_columns(Card.keeper_id)
    alone = _ending().where(_has_no_keeper()).with_only_columns(Card.school_id)
    captains = (
        sa.select(Membership.user_id)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.is_captain, Membership.left_at.is_(None))
        .where(Team.school_id.in_(alone))
    )
    concerned = sa.or_(User.id.in_(keepers), User.id.in_(captains))
    return sa.select(User.id).where(concerned)


def _ending() -> sa.Select[Agreement]:
    """Find the agreements near their end with partners of now."""
    on = today()
    card_id = sa.func.coalesce(Partner.merged_into_id, Partner.id)
    return (
        sa.select(Agreement)
        .join(Agreement.partner)
        .join(Card, Card.id == card_id)
        .where(Agreement.ends_on >= on, Agreement.ends_on <= on + timedelta(NOTICE))
        .where(Card.until.is_(None))
    )


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
