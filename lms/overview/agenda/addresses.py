"""The secret addresses of calendars: given, replaced, looked up."""

import logging
import secrets

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.links import site_link
from lms.identity.accounts.models import User
from lms.overview.agenda.models import CalendarAddress
from lms.schools.teams.models import Team

logger = logging.getLogger(__name__)


def address_of(owner: User | Team) -> CalendarAddress | None:
    """Return the address of a person or a team, if it was asked for."""
    return db.session.scalar(sa.select(CalendarAddress).filter_by(**_key(owner)))


def link_of(owner: User | Team) -> str:
    """Return the full secret address, or nothing if there is none yet."""
    address = address_of(owner)
    return site_link("agenda.feed", token=address.token) if address else ""


def give_address(owner: User | Team) -> None:
    """Make the first address; two members who press at once get the same one."""
    if address_of(owner):
        return
    try:
        db.session.add(CalendarAddress(**_key(owner), token=_new_token()))
        db.session.commit()
    except IntegrityError:
        db.session.rollback()


def replace_address(owner: User | Team) -> None:
    """Put a new address in place of the old one, which is dead from now on."""
    db.session.execute(
        sa.update(CalendarAddress)
        .filter_by(**_key(owner))
        .values(token=_new_token(), created_at=utcnow())
    )
    db.session.commit()
    logger.info("calendar address replaced: %s", _key(owner))


def owner_of(token: str) -> User | Team | None:
    """Return whose calendar stands at an address; a closed account has none."""
    team = joinedload(CalendarAddress.team).undefer(Team.first_joined_at)
    query = sa.select(CalendarAddress).filter_by(token=token).options(team)
    address = db.session.scalar(query)
    if address is None:
        return None
    if address.user:
        return None if address.user.closed_at else address.user
    return address.team


def _key(owner: User | Team) -> dict[str, int]:
    return {"user_id" if isinstance(owner, User) else "team_id": owner.id}


def _new_token() -> str:
    return secrets.token_urlsafe(32)
