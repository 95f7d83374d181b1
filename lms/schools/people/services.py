"""What admins do to people: inviting, roles, closing and opening accounts."""

import logging
import secrets
from datetime import datetime

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.core.mail import send_mail
from lms.core.names import family_first
from lms.identity.accounts.models import Role, SignIn, User
from lms.identity.accounts.password_links import ask_for_password_link
from lms.identity.accounts.passwords import hash_password
from lms.identity.accounts.permissions import ADMINS, among
from lms.identity.accounts.services import TAKEN, add_person, normalise_email
from lms.identity.audit.services import record
from lms.identity.erasures.asking import erasure_of
from lms.identity.requests.models import RequestKind
from lms.schools.teams.permissions import active_memberships
from lms.schools.teams.signals import roster_changed

logger = logging.getLogger(__name__)

ERASED = "Сведения об этом человеке удалены, вернуть их нельзя."
WITHDRAWN = (
    "Человек отозвал согласие. Вернуть доступ он может сам, по ссылке из письма."
)
LAST_ADMIN = (
    "Это последний администратор. Сначала дайте эту роль кому-нибудь ещё:"
    " без неё сайтом никто не сможет управлять."
)


def invite_person(
    full_name: str,
    email: str,
    *,
    roles: frozenset[Role],
    actor: User,
    form_key: str | None = None,
) -> User:
    """Open an account for somebody who is in no team, and send them a letter.

    Nobody knows its password: the link in the letter replaces it.
    """
    nobody_knows = hash_password(secrets.token_urlsafe(32))
    if known := added_before(User, form_key):
        return known
    person = add_person(full_name, email, nobody_knows, roles=roles, form_key=form_key)
    record(actor.id, "открыт доступ", person, after={"роли": _names(roles)})
    ask_for_password_link(person.email)
    db.session.commit()
    logger.info("user %s: invited by user %s", person.id, actor.id)
    return person


def set_roles(person: User, roles: frozenset[Role], *, actor: User) -> None:
    """Give and take roles; somebody stays an admin.

    Two admins may drop the role at the same moment, so the admins are locked
    before they are counted.
    """
    admins = _lock_admins()
    _refuse_erased(person)
    before = db.session.scalar(sa.select(User.roles).where(User.id == person.id))
    if before == roles:
        db.session.rollback()
        return
    if not roles & ADMINS and admins == {person.id}:
        db.session.rollback()
        raise RuleError(LAST_ADMIN)
    person.roles = roles
    changed = {"before": {"роли": _names(before)}, "after": {"роли": _names(roles)}}
    record(actor.id, "изменены роли", person, **changed)
    db.session.commit()
    logger.info("user %s: roles %s by user %s", person.id, _names(roles), actor.id)


def correct_person(person: User, *, full_name: str, email: str, actor: User) -> None:
    """Mend a name or an address; who used the old address is told there."""
    _refuse_erased(person)
    before = {"имя": person.full_name, "почта": person.email}
    after = {"имя": family_first(full_name), "почта": normalise_email(email)}
    if before == after:
        return
    person.full_name = after["имя"]
    if before["почта"] != after["почта"]:
        _move_to_address(person, after["почта"])
    record(actor.id, "исправлены имя и почта", person, before=before, after=after)
    db.session.commit()


def close_account(person: User, *, actor: User) -> None:
    """Let a person in no more; what they did stays."""
    if person.id == actor.id:
        raise RuleError("Свой доступ не закрыть: попросите другого администратора.")
    if _lock_admins() == {person.id}:
        db.session.rollback()
        raise RuleError(LAST_ADMIN)
    if not _turn(person, closed_at=utcnow()):
        return
    db.session.execute(sa.delete(SignIn).where(SignIn.user_id == person.id))
    _say_of_team(person)
    record(actor.id, "закрыт доступ", person)
    db.session.commit()
    logger.info("user %s: closed by user %s", person.id, actor.id)


def reopen_account(person: User, *, actor: User) -> None:
    """Let a person in again, with the same password."""
    _refuse_erased(person)
    erasure = erasure_of(person)
    if erasure and erasure.request.kind is RequestKind.WITHDRAWAL:
        raise RuleError(WITHDRAWN)
    if not _turn(person, closed_at=None):
        return
    _say_of_team(person)
    record(actor.id, "снова открыт доступ", person)
    db.session.commit()
    logger.info("user %s: opened again by user %s", person.id, actor.id)


def _refuse_erased(person: User) -> None:
    """Make nobody again of what holds the works of somebody who is gone."""
    if person.erased_at:
        raise RuleError(ERASED)


def _turn(person: User, *, closed_at: datetime | None) -> bool:
    """Close or open an account; tell whether it was not so before a second press."""
    is_open = User.closed_at.is_(None)
    turned = db.session.scalar(
        sa.update(User)
        .where(User.id == person.id, is_open if closed_at else ~is_open)
        .values(closed_at=closed_at)
        .returning(User.id)
    )
    if turned is None:
        db.session.rollback()
    return turned is not None


def _say_of_team(person: User) -> None:
    """Say to others that a member may be reached no more, or again."""
    for membership in active_memberships(person):
        roster_changed.send(membership.team_id)


def _move_to_address(person: User, email: str) -> None:
    """A mistyped address may be a stranger's, so it gets no letter."""
    old, person.email_confirmed_at = person.email, None
    try:
        with db.session.begin_nested():
            person.email = email
    except sa.exc.IntegrityError:
        db.session.rollback()
        raise RuleError(TAKEN) from None
    if person.signed_in_at:
        template = "schools/people/mail/address_changed.txt"
        send_mail(old, "Почта для входа изменена", template, person=person)


def _lock_admins() -> set[int]:
    """Return who is an admin now; nobody else can change that until the commit."""
    admins = sa.select(User.id).where(among(ADMINS))
    return set(db.session.scalars(admins.order_by(User.id).with_for_update()))


def _names(roles: frozenset[Role] | None) -> list[str]:
    return sorted(role.value for role in roles or ())
