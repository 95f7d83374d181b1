"""Everything that can happen to the link by which people join a team."""

import logging
import secrets
from collections.abc import Iterable
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import site_zone, today
from lms.identity.accounts.consents import record_consent
from lms.identity.accounts.models import User
from lms.identity.accounts.services import register_person
from lms.identity.audit.services import record
from lms.schools.invitations.models import Invitation
from lms.schools.members.services import add_member, joined_before
from lms.schools.teams.models import Membership, Position, Team

logger = logging.getLogger(__name__)

PLACES, DAYS = 15, 30
NO_NEW_ACCOUNT = (
    "С этой почтой новый вход не завести. Если вы уже бывали на сайте, войдите по"
    " ссылке выше и присоединитесь одной кнопкой, если нет — проверьте адрес."
)


def find_invitation(token: str) -> Invitation | None:
    """Return the invitation behind a link, usable or not."""
    team = joinedload(Invitation.team)
    return db.session.scalar(
        sa.select(Invitation)
        .where(Invitation.token == token)
        .options(
            joinedload(Invitation.created_by),
            team.joinedload(Team.school),
            team.joinedload(Team.cohort),
        )
    )


def current_invitation(team: Team) -> Invitation | None:
    """Return the link a team has now; it may be used up or out of date."""
    return current_invitations([team]).get(team.id)


def current_invitations(teams: Iterable[Team]) -> dict[int, Invitation]:
    """Return the links of many teams by team; one statement."""
    links = db.session.scalars(
        sa.select(Invitation)
        .where(Invitation.team_id.in_([team.id for team in teams]))
        .where(Invitation.withdrawn_at.is_(None))
    )
    return {link.team_id: link for link in links}


def invite(team: Team, *, actor: User, places: int = PLACES, days: int = DAYS) -> None:
    """Let so many more people join within so many days.

    A link that was sent and printed already stays the same: it only gets its places
    and its term anew.
    """
    invitation = current_invitation(team)
    if invitation is None:
        _add(team, places=places, expires_at=end_of_term(days), actor=actor)
    else:
        _renew(invitation, places=places, days=days)
        after = {"мест": places, "дней": days}
        record(actor.id, "продлено приглашение", team, after=after)
    db.session.commit()


def replace_invitation(team: Team, *, actor: User) -> None:
    """Make another link with the same places and term; the old one stops working."""
    old = current_invitation(team)
    if old is None or not old.is_usable:
        raise RuleError("Приглашение уже не действует: сделайте новую ссылку.")
    places, expires_at = old.places_left, old.expires_at
    _withdraw(old)
    _add(team, places=places, expires_at=expires_at, actor=actor)
    db.session.commit()


def withdraw_invitation(team: Team, *, actor: User) -> None:
    """Stop the link; people who came by it stay."""
    invitation = current_invitation(team)
    if invitation and _withdraw(invitation):
        record(actor.id, "отозвано приглашение", team)
    db.session.commit()


def join_team(invitation: Invitation, *, user: User, position: Position) -> Membership:
    """Put a person who has an account into the team that invites."""
    membership = _take_place(invitation, user=user, position=position)
    db.session.commit()
    logger.info("user %s: joined team %s", user.id, membership.team_id)
    return membership


def register_member(
    invitation: Invitation,
    *,
    full_name: str,
    email: str,
    password: str,
    position: Position,
    consent_version: str | None,
    form_key: str | None = None,
) -> Membership:
    """Make an account and put its person into the team that invites: both or none.

    An address that has an account already is refused in the same words as one that
    cannot have any: a stranger with the link learns nothing about other people.
    """
    db.session.rollback()  # hold no transaction while the password is hashed
    try:
        person = register_person(full_name, email, password, form_key=form_key)
    except RuleError:
        db.session.rollback()
        if joined := joined_before(form_key):
            return joined
        raise RuleError(NO_NEW_ACCOUNT) from None
    membership = _take_place(invitation, user=person, position=position)
    if consent_version is not None:
        try:
            record_consent(person, consent_version)
        except RuleError:
            db.session.rollback()
            raise
    db.session.commit()
    logger.info("user %s: registered into team %s", person.id, membership.team_id)
    return membership


def _take_place(
    invitation: Invitation, *, user: User, position: Position
) -> Membership:
    """Use one place of an invitation in the caller's transaction.

    The conditional update decides who gets the last place, and holds the row, so
    people of one team come in one after another and only the first of them becomes
    the captain: somebody must be able to invite the others.
    """
    team_id = db.session.scalar(
        sa.update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.withdrawn_at.is_(None),
            Invitation.used < Invitation.quota,
            Invitation.expires_at > utcnow(),
        )
        .values(used=Invitation.used + 1)
        .returning(Invitation.team_id)
    )
    team = db.session.get(Team, team_id) if team_id else None
    if team is None or team.cohort.is_closed:
        db.session.rollback()
        raise RuleError("Приглашение больше не действует.")
    others = sa.select(Membership.id).where(Membership.team_id == team.id).limit(1)
    is_first = db.session.scalar(others) is None
    return add_member(team, user=user, position=position, is_captain=is_first)


def _add(team: Team, *, places: int, expires_at: datetime, actor: User) -> None:
    invitation = Invitation(
        team=team,
        token=secrets.token_urlsafe(32),
        quota=places,
        expires_at=expires_at,
        created_by=actor,
    )
    db.session.add(invitation)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError("Ссылку только что сделал кто-то ещё: вот она.") from None
    record(actor.id, "создано приглашение", team, after={"мест": places})


def _renew(invitation: Invitation, *, places: int, days: int) -> None:
    renewed = db.session.scalar(
        sa.update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.withdrawn_at.is_(None))
        .values(quota=Invitation.used + places, expires_at=end_of_term(days))
        .returning(Invitation.id)
    )
    if renewed is None:
        db.session.rollback()
        raise RuleError("Ссылку только что отозвали. Сделайте новую.")


def _withdraw(invitation: Invitation) -> bool:
    """Stop a link; tell whether nobody else has just done so."""
    stopped = db.session.scalar(
        sa.update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.withdrawn_at.is_(None))
        .values(withdrawn_at=utcnow())
        .returning(Invitation.id)
    )
    return stopped is not None


def end_of_term(days: int) -> datetime:
    """Let a link work until the last minute of the day that the page names."""
    last_day = today() + timedelta(days=days)
    return datetime.combine(last_day, time.max, site_zone())
