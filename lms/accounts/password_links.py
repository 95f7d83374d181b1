"""The link by which a forgotten password is replaced.

Nothing is stored: the link is signed, and holds a trace of the password that it
replaces, so it dies with that password, and after an hour by itself.
"""

import hashlib
from typing import Any

import sqlalchemy as sa
from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from lms.accounts.models import User
from lms.accounts.passwords import check_strength, hash_password
from lms.accounts.services import (
    finish_new_password,
    normalise_email,
    replace_password,
)
from lms.database import utcnow
from lms.errors import RuleError
from lms.extensions import db
from lms.jobs import enqueue, job
from lms.links import site_link
from lms.mail import send_mail

LASTS_SECONDS = 60 * 60
DEAD_LINK = (
    "Ссылка больше не действует: она живёт один час и срабатывает один раз."
    " Запросите новую."
)


def password_link(user: User) -> str:
    """Return the full address at which a person may set a new password."""
    token = _serializer().dumps([user.id, _trace(user.password_hash)])
    return site_link("accounts.reset", token=token)


def find_by_password_link(token: str) -> User | None:
    """Return whose link this is, if it still works."""
    try:
        user_id, trace = _serializer().loads(token, max_age=LASTS_SECONDS)
    except BadSignature:
        return None
    user = db.session.get(User, user_id)
    if user is None or user.closed_at or _trace(user.password_hash) != trace:
        return None
    return user


def request_password_link(email: str) -> None:
    """Have a letter written to whoever has this address, if there is anybody.

    The job looks for the person, so the answer to the browser takes the same time
    and leaves the same trace whether the address is known or not.
    """
    enqueue("password link", {"email": normalise_email(email)})
    db.session.commit()


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


@job("password link")
def write_password_link(request: dict[str, Any]) -> None:
    """Write the letter with the link, if the address is somebody's."""
    user = db.session.scalar(
        sa.select(User).where(User.email == request["email"], User.closed_at.is_(None))
    )
    if user:
        template = "accounts/mail/password_link.txt"
        link = password_link(user)
        send_mail(user.email, "Новый пароль", template, person=user, link=link)


def _serializer() -> URLSafeTimedSerializer:
    key = current_app.config["SECRET_KEY"]
    return URLSafeTimedSerializer(key, salt="password link")


def _trace(password_hash: str) -> str:
    return hashlib.sha256(password_hash.encode()).hexdigest()[:16]
