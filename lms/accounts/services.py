"""Signing in and out, passwords, and new people."""

import hashlib
import logging
import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from lms.accounts.models import SignIn, User
from lms.accounts.passwords import hash_password, is_outdated, is_password
from lms.database import utcnow
from lms.errors import RuleError
from lms.extensions import db

logger = logging.getLogger(__name__)

SIGN_IN_LASTS = timedelta(days=90)
WRONG = (
    "Почта и пароль не подошли друг к другу. Проверьте раскладку и заглавные буквы"
    " или задайте новый пароль."
)


def normalise_email(email: str) -> str:
    """Write an address the one way in which it is stored."""
    return email.strip().casefold()


def sign_in(email: str, password: str, *, user_agent: str = "") -> str:
    """Sign in whoever knows the password; return the secret for the browser.

    Checking a password is slow on purpose, so no transaction is open meanwhile,
    and the row is only found again if the password is still the same one. An
    unknown address costs the same time as a wrong password.
    """
    query = sa.select(User.id, User.password_hash, User.closed_at)
    person = db.session.execute(
        query.where(User.email == normalise_email(email))
    ).one_or_none()
    db.session.rollback()
    if person is None:
        hash_password(password)
        raise RuleError(WRONG)
    if not is_password(password, person.password_hash):
        raise RuleError(WRONG)
    if person.closed_at:
        raise RuleError("Этот доступ закрыт. Напишите организатору курса.")
    known = person.password_hash
    stored = hash_password(password) if is_outdated(known) else known
    found = db.session.scalar(
        sa.update(User)
        .where(User.id == person.id, User.password_hash == known)
        .where(User.closed_at.is_(None))
        .values(password_hash=stored)
        .returning(User.id)
    )
    if found is None:
        db.session.rollback()
        raise RuleError(WRONG)
    return open_sign_in(person.id, user_agent=user_agent)


def open_sign_in(user_id: int, *, user_agent: str = "") -> str:
    """Sign a person in, in one browser; return the secret that its cookie holds."""
    secret, now = secrets.token_urlsafe(32), utcnow()
    db.session.execute(
        sa.delete(SignIn).where(
            SignIn.user_id == user_id, SignIn.created_at < now - SIGN_IN_LASTS
        )
    )
    db.session.execute(
        sa.update(User).where(User.id == user_id).values(signed_in_at=now)
    )
    db.session.add(
        SignIn(user_id=user_id, token_hash=digest(secret), user_agent=user_agent[:200])
    )
    db.session.commit()
    logger.info("user %s: signed in", user_id)
    return secret


def find_signed_in(secret: str) -> User | None:
    """Return the person whose browser holds the secret.

    One statement with all that a request asks about a person.
    """
    return db.session.scalar(
        sa.select(User)
        .join(SignIn, SignIn.user_id == User.id)
        .where(
            SignIn.token_hash == digest(secret),
            SignIn.created_at > utcnow() - SIGN_IN_LASTS,
            User.closed_at.is_(None),
        )
        .options(undefer(User.current_consent))
    )


def sign_out(secret: str) -> None:
    """Sign out the one browser that holds the secret."""
    db.session.execute(sa.delete(SignIn).where(SignIn.token_hash == digest(secret)))
    db.session.commit()


def digest(secret: str) -> str:
    """Return what the database keeps of the secret in a cookie."""
    return hashlib.sha256(secret.encode()).hexdigest()
