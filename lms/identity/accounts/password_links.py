"""The link by which a forgotten password is replaced.

Nothing is stored: the link is signed, and holds a trace of the password that it
replaces and of the address it was sent to, so it dies when either changes, and
after a while by itself.
"""

import hashlib
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.links import site_link
from lms.core.mail import ask_for_letter, compose, letter_job
from lms.core.mail_message import Letter
from lms.identity.accounts.models import User
from lms.identity.accounts.passwords import check_strength, hash_password
from lms.identity.accounts.services import (
    finish_new_password,
    normalise_email,
    replace_password,
)

KIND = "password link"
LASTS = timedelta(hours=1)
# Who never signed in was invited, and may not read the letter today.
FIRST_LASTS = timedelta(days=7)
DEAD_LINK = (
    "Ссылка больше не действует: она живёт недолго и срабатывает один раз."
    " Запросите новую."
)


def password_link(user: User) -> str:
    """Return the full address at which a person may set a new password."""
    token = _serializer().dumps([user.id, _trace(user)])
    return site_link("accounts.reset", token=token)


def find_by_password_link(token: str) -> User | None:
    """Return whose link this is, if it still works."""
    try:
        (user_id, trace), made_at = _serializer().loads(token, return_timestamp=True)
    except BadSignature:
        return None
    user = db.session.get(User, user_id)
    if user is None or user.closed_at or _trace(user) != trace:
        return None
    lasts = LASTS if user.signed_in_at else FIRST_LASTS
    return user if made_at + lasts > utcnow() else None


def request_password_link(email: str) -> None:
    """Have a letter written to whoever has this address, if there is anybody.

    The job looks for the person, so the answer to the browser takes the same time
    and leaves the same trace whether the address is known or not.
    """
    ask_for_password_link(normalise_email(email))
    db.session.commit()


def ask_for_password_link(email: str) -> None:
    """Have the letter with the link written, in the caller's transaction."""
    ask_for_letter(KIND, {"email": email})


def reset_password(token: str, new: str) -> int:
    """Set a password by the link from a letter; return whose it is.

    The link holds a trace of the old password, so it works once; it came by mail,
    so the address is the person's own.
    """
    user = find_by_password_link(token)
    if user is None:
        raise RuleError(DEAD_LINK)
    user_id, known = user.id, user.password_hash
    check_strength(new, user.email, user.full_name)
    db.session.rollback()  # hold no transaction while passwords are slow
    if not replace_password(user_id, known, hash_password(new)):
        raise RuleError(DEAD_LINK)
    db.session.execute(
        sa.update(User)
        .where(User.id == user_id, User.email_confirmed_at.is_(None))
        .values(email_confirmed_at=utcnow())
    )
    finish_new_password(user_id, browsers=sa.true())
    return user_id


@letter_job(KIND, "Ссылка для пароля", lasting=True)
def write_password_link(request: dict[str, Any]) -> Letter | None:
    """Write the letter with the link, if the address is somebody's.

    Who never signed in is welcomed, whoever asked for the letter. The link is made
    when the letter goes out and is stored nowhere.
    """
    user = db.session.scalar(
        sa.select(User).where(User.email == request["email"], User.closed_at.is_(None))
    )
    if user is None:
        return None
    subject, template = (
        ("Новый пароль", "identity/accounts/mail/password_link.txt")
        if user.signed_in_at
        else ("Приглашение на сайт курса", "identity/accounts/mail/welcome.txt")
    )
    link = password_link(user)
    return compose(user.email, subject, template, person=user, link=link)


def _serializer() -> URLSafeTimedSerializer:
    key = current_app.config["SECRET_KEY"]
    return URLSafeTimedSerializer(key, salt="password link")


def _trace(user: User) -> str:
    """Change with the password and with the address to which letters go."""
    facts = f"{user.email} {user.password_hash}"
    return hashlib.sha256(facts.encode()).hexdigest()[:16]
