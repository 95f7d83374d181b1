"""Signing in and out: the browsers in which a person is known."""

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import undefer_group

from lms.core.database import moment_of_asking, utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.retention import forget_after
from lms.core.schema import cause
from lms.identity.accounts.models import REQUEST, SignIn, User
from lms.identity.accounts.passwords import (
    hash_password,
    is_outdated,
    is_password,
    is_too_long,
)
from lms.identity.accounts.services import normalise_email, replace_password
from lms.identity.factors.models import SecondFactor

logger = logging.getLogger(__name__)

# A phone in a family, and a machine in a staff room.
LASTS = timedelta(days=90)
STAFF_LASTS, STAFF_IDLE = timedelta(days=30), timedelta(hours=12)
# Nobody writes at every look at a page.
NOTE_EVERY = timedelta(minutes=10)
WRONG = (
    "Почта и пароль не подошли друг к другу. Проверьте раскладку и заглавные буквы"
    " или задайте новый пароль."
)

forget_after(LASTS, SignIn.created_at, what="входы в браузерах")


class CodeNeededError(RuleError):
    """The password was right, and the person has a second factor to show."""

    def __init__(self, user_id: int) -> None:
        super().__init__("Теперь введите код из приложения.")
        self.user_id = user_id


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
    if is_too_long(password):
        raise RuleError(WRONG)
    if person is None:
        hash_password(password)
        raise RuleError(WRONG)
    if not is_password(password, person.password_hash):
        raise RuleError(WRONG)
    if person.closed_at:
        raise RuleError("Этот доступ закрыт. Открыть его может организатор курса.")
    known = person.password_hash
    stored = hash_password(password) if is_outdated(known) else known
    if not replace_password(person.id, known, stored):
        raise RuleError(WRONG)
    if needs_code(person.id):
        db.session.commit()
        raise CodeNeededError(person.id)
    return open_sign_in(person.id, user_agent=user_agent)


def needs_code(user_id: int) -> bool:
    """Tell whether a person signs in with a second factor."""
    has = sa.select(SecondFactor.confirmed_at.is_not(None)).filter_by(user_id=user_id)
    return bool(db.session.scalar(has))


def open_sign_in(user_id: int, *, user_agent: str = "") -> str:
    """Sign a person in, in one browser; return the secret that its cookie holds."""
    secret, now = secrets.token_urlsafe(32), utcnow()
    theirs = SignIn.user_id == user_id
    forgotten = SignIn.created_at < now - LASTS
    db.session.execute(sa.delete(SignIn).where(theirs, forgotten))
    seen = sa.update(User).where(User.id == user_id).values(signed_in_at=now)
    db.session.execute(seen)
    db.session.add(
        SignIn(
            user_id=user_id,
            token_hash=SignIn.digest(secret),
            user_agent=user_agent[:200],
        )
    )
    db.session.commit()
    logger.info("user %s: signed in", user_id)
    return secret


def find_signed_in(secret: str, *, is_used: bool = False) -> User | None:
    """Return the person whose browser holds the secret.

    `is_used`: somebody sits before it, and nothing has been done yet in this session
    of the database; then it is written down, seldom, that the browser is in use.
    """
    token = SignIn.digest(secret)
    found = db.session.execute(_signed_in(), {"token": token}).one_or_none()
    if found is None:
        return None
    person, seen_at = found
    if is_used and person.roles and utcnow() - seen_at > NOTE_EVERY:
        _note_use(token)
        return find_signed_in(secret)
    return person


def _note_use(token: str) -> None:
    """Write that a browser is in use, in a transaction that began with nothing else.

    Where the database takes no writes, people still read.
    """
    db.session.rollback()
    noted = sa.update(SignIn).where(SignIn.token_hash == token)
    try:
        with db.engine.begin() as connection:
            connection.execute(noted.values(seen_at=utcnow()))
    except sa.exc.OperationalError as error:
        logger.error("the use of a browser is not written: %s", cause(error))


@cache
def _signed_in() -> sa.Select[User, datetime]:
    """Ask all that a request wants to know of a person; built once for all requests."""
    return (
        sa.select(User, SignIn.seen_at)
        .join(SignIn, SignIn.user_id == User.id)
        .where(SignIn.token_hash == sa.bindparam("token"), _lasts())
        .where(User.closed_at.is_(None))
        .options(undefer_group(REQUEST))
    )


def _lasts() -> sa.ColumnElement[bool]:
    """Tell the sign-ins that have not ended, whenever the statement was built.

    A clock set back ends none of them.
    """
    has_role = User.roles != frozenset()
    return sa.and_(
        SignIn.created_at > moment_of_asking(ago=LASTS),
        sa.or_(
            sa.not_(has_role),
            sa.and_(
                SignIn.created_at > moment_of_asking(ago=STAFF_LASTS),
                SignIn.seen_at > moment_of_asking(ago=STAFF_IDLE),
            ),
        ),
    )


def sign_ins_of(user: User) -> Sequence[SignIn]:
    """List the browsers in which a person is signed in, the latest first."""
    return db.session.scalars(
        sa.select(SignIn)
        .join(User, User.id == SignIn.user_id)
        .where(SignIn.user_id == user.id, _lasts())
        .order_by(SignIn.id.desc())
    ).all()


def sign_out(secret: str) -> None:
    """Sign out the one browser that holds the secret."""
    db.session.execute(
        sa.delete(SignIn).where(SignIn.token_hash == SignIn.digest(secret))
    )
    db.session.commit()


def sign_out_browser(user: User, sign_in_id: int) -> None:
    """Sign a person out in one of their browsers; twice does no harm."""
    mine = sa.delete(SignIn).where(SignIn.user_id == user.id, SignIn.id == sign_in_id)
    db.session.execute(mine)
    db.session.commit()


def sign_out_everywhere(user: User) -> None:
    """Sign a person out in every browser."""
    db.session.execute(sa.delete(SignIn).where(SignIn.user_id == user.id))
    db.session.commit()
    logger.info("user %s: signed out everywhere", user.id)
