"""The links by which an address is changed, and by which somebody comes back.

Nothing is stored: a link is signed, and holds a trace of the account as it was, so it
works once, dies when the password or the address changes, and after a while by itself.
"""

import hashlib
from datetime import timedelta
from typing import Any, NamedTuple

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.links import site_link
from lms.identity.accounts.models import User

CHANGE, WAY_BACK = "change of address", "way back"
LASTS = timedelta(hours=24)


class Change(NamedTuple):
    """Who is to sign in with which address from now on."""

    user: User
    email: str


def change_link(user: User, email: str) -> str:
    """Return the full address that is sent to the new one, to see that it is read."""
    token = _serializer(CHANGE).dumps([user.id, trace_of(user), email])
    return site_link("addresses.confirm", token=token)


def find_change(token: str) -> Change | None:
    """Return what a link changes, if it still works."""
    user, *said = _read(CHANGE, token)
    return Change(user, *said) if user else None


def way_back_link(user: User) -> str:
    """Return the full address at which a person comes in without their mail."""
    token = _serializer(WAY_BACK).dumps([user.id, trace_of(user)])
    return site_link("addresses.come_back", token=token)


def find_way_back(token: str) -> User | None:
    """Return whose way back this is, if it still works."""
    user, *_ = _read(WAY_BACK, token)
    return user


def trace_of(user: User) -> str:
    """Change with the password, with the address, and whenever one was confirmed."""
    facts = f"{user.email} {user.password_hash} {user.email_confirmed_at}"
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def _read(purpose: str, token: str) -> tuple[User | None, *tuple[Any, ...]]:
    serializer = _serializer(purpose)
    try:
        (user_id, trace, *said), made_at = serializer.loads(
            token, return_timestamp=True
        )
    except BadSignature:
        return (None,)
    user = db.session.get(User, user_id)
    if user is None or user.closed_at or trace_of(user) != trace:
        return (None,)
    return (user, *said) if made_at + LASTS > utcnow() else (None,)


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=purpose)
