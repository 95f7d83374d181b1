"""How a person who was invited by name comes into the team."""

import logging

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.consents import record_consent
from lms.identity.accounts.models import User
from lms.identity.accounts.services import register_person
from lms.identity.audit.services import record
from lms.schools.members.services import (
    add_member,
    joined_before,
    make_room_for_captain,
)
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Membership, Team

logger = logging.getLogger(__name__)


def find_newcomer(token: str) -> Newcomer | None:
    """Return who is invited by a link, still expected or not."""
    team = joinedload(Newcomer.team)
    return db.session.scalar(
        sa.select(Newcomer)
        .where(Newcomer.token == token)
        .options(
            joinedload(Newcomer.invited_by),
            team.joinedload(Team.school),
            team.joinedload(Team.cohort),
        )
    )


def has_account(newcomer: Newcomer) -> bool:
    """Tell whether the person has been on the site before."""
    known = sa.select(User.id).where(User.email == newcomer.email)
    return db.session.scalar(known) is not None


def register_newcomer(
    newcomer: Newcomer,
    *,
    full_name: str,
    password: str,
    consent_version: str | None,
    form_key: str | None = None,
) -> Membership:
    """Make the account of an invited person and put them into their team.

    The link came by mail, so the address is the person's own.
    """
    newcomer_id, email = newcomer.id, newcomer.email
    db.session.rollback()  # hold no transaction while the password is hashed
    try:
        person = register_person(full_name, email, password, form_key=form_key)
        person.email_confirmed_at = utcnow()
        membership = _take_place(newcomer_id, person)
        if consent_version is not None:
            record_consent(person, consent_version)
    except RuleError:
        db.session.rollback()
        if joined := joined_before(form_key):
            return joined
        raise
    db.session.commit()
    logger.info("newcomer %s: registered as user %s", newcomer_id, person.id)
    return membership


def enter_team(newcomer: Newcomer, *, user: User) -> Membership:
    """Put an invited person who has an account into their team."""
    if user.email != newcomer.email:
        raise RuleError("Это приглашение на другую почту. Войдите с ней.")
    try:
        membership = _take_place(newcomer.id, user)
    except RuleError:
        db.session.rollback()
        raise
    db.session.commit()
    logger.info("newcomer %s: joined as user %s", newcomer.id, user.id)
    return membership


def withdraw_newcomer(newcomer: Newcomer, *, actor: User) -> None:
    """Stop expecting somebody: the link in the letter ends."""
    withdrawn = db.session.scalar(
        sa.update(Newcomer)
        .where(Newcomer.id == newcomer.id, Newcomer.expected())
        .values(withdrawn_at=utcnow())
        .returning(Newcomer.id)
    )
    if withdrawn is None:
        db.session.rollback()
        raise RuleError("Этот человек уже в команде: вывести его можно на её странице.")
    facts = {"кто": newcomer.full_name, "команда": newcomer.team.name}
    record(actor.id, "отозвано именное приглашение", newcomer, before=facts)
    db.session.commit()


def _take_place(newcomer_id: int, user: User) -> Membership:
    """Use an invitation in the caller's transaction; the conditional update decides.

    The team is held, so its people come in one after another. The captain whom the
    list named takes the team over from whoever was first; where none is named, the
    first one leads, because somebody must be able to invite the others.
    """
    place = db.session.execute(
        sa.update(Newcomer)
        .where(
            Newcomer.id == newcomer_id,
            Newcomer.expected(),
            Newcomer.expires_at > utcnow(),
        )
        .values(accepted_at=utcnow())
        .returning(Newcomer.team_id, Newcomer.position, Newcomer.is_captain)
    ).one_or_none()
    team = db.session.get(Team, place.team_id, with_for_update=True) if place else None
    if place is None or team is None or team.cohort.is_closed:
        raise RuleError("Приглашение больше не действует.")
    if place.is_captain:
        make_room_for_captain(team.id)
    leads = place.is_captain or not _is_led(team)
    return add_member(team, user=user, position=place.position, is_captain=leads)


def _is_led(team: Team) -> bool:
    """Tell whether a team has people, or a captain who is still to come."""
    people = sa.select(Membership.id).where(
        Membership.team_id == team.id, Membership.left_at.is_(None)
    )
    captain = sa.select(Newcomer.id).where(
        Newcomer.team_id == team.id, Newcomer.is_captain, Newcomer.expected()
    )
    found = sa.union_all(people, captain).limit(1)
    return db.session.scalar(found) is not None
