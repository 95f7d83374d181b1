"""Changing one's own address, and coming back by a link that an admin made."""

import logging

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.mail import ask_for_letter, send_mail
from lms.identity.accounts.models import SignIn, User
from lms.identity.accounts.passwords import check_strength, hash_password
from lms.identity.accounts.services import (
    TAKEN,
    finish_new_password,
    normalise_email,
    prove_password,
    replace_password,
)
from lms.identity.addresses.letters import KIND
from lms.identity.addresses.links import find_change, find_way_back, trace_of
from lms.identity.audit.services import record

logger = logging.getLogger(__name__)

CHANGED = "Почта для входа изменена"
DEAD_CHANGE = (
    "Ссылка больше не действует: она живёт сутки и срабатывает один раз."
    " Запросите новую."
)
DEAD_WAY_BACK = (
    "Ссылка больше не действует: она живёт сутки и срабатывает один раз."
    " Попросите у организатора курса новую."
)


def request_change(user: User, email: str, *, password: str) -> None:
    """Send a link to the address that a person wants to sign in with from now on.

    The job looks whose address it is, so the answer never tells whether it is taken.
    """
    trace = trace_of(user)
    prove_password(user, password)
    _ask_new_address(user, normalise_email(email), trace)
    db.session.commit()


def _ask_new_address(user: User, email: str, trace: str) -> None:
    """Have the new address asked whether it is read, and the old one told of it."""
    asked = {"user_id": user.id, "email": email, "trace": trace}
    ask_for_letter(KIND, asked)
    template = "identity/addresses/mail/asked.txt"
    send_mail(user.email, "Смена почты для входа", template, person=user)


def confirm_change(token: str) -> None:
    """Move a person to the address whose letter was read; every browser goes out."""
    change = find_change(token)
    if change is None:
        raise RuleError(DEAD_CHANGE)
    user, old = change.user, change.user.email
    if not _move(user, change.email):
        raise RuleError(DEAD_CHANGE)
    db.session.execute(sa.delete(SignIn).where(SignIn.user_id == user.id))
    for address in (old, change.email):
        template = "identity/addresses/mail/changed.txt"
        send_mail(address, CHANGED, template, person=user)
    was, now = {"почта": old}, {"почта": change.email}
    record(user.id, "изменена своя почта", user, before=was, after=now)
    db.session.commit()
    logger.info("user %s: changed the address", user.id)


def _move(user: User, email: str) -> bool:
    """Store an address in place of the known one; nobody else may have been faster."""
    known = User.email == user.email, User.password_hash == user.password_hash
    move = sa.update(User).where(User.id == user.id, *known, User.closed_at.is_(None))
    values = {"email": email, "email_confirmed_at": utcnow()}
    try:
        moved = db.session.scalar(move.values(values).returning(User.id))
    except sa.exc.IntegrityError:
        db.session.rollback()
        raise RuleError(TAKEN) from None
    if moved is None:
        db.session.rollback()
    return moved is not None


def come_back(token: str, new: str, email: str) -> int:
    """Set a password by a link that an admin made; return whose it is.

    The link came past the mail, so it confirms no address: a new one is asked by a
    letter of its own, as ever.
    """
    user = find_way_back(token)
    if user is None:
        raise RuleError(DEAD_WAY_BACK)
    user_id, known = user.id, user.password_hash
    check_strength(new, user.email, user.full_name)
    db.session.rollback()  # hold no transaction while passwords are slow
    if not replace_password(user_id, known, hash_password(new)):
        raise RuleError(DEAD_WAY_BACK)
    db.session.refresh(user)
    if email and normalise_email(email) != user.email:
        _ask_new_address(user, normalise_email(email), trace_of(user))
    record(user_id, "пароль задан по ссылке администратора", user)
    finish_new_password(user_id, browsers=sa.true())
    return user_id
