"""The link at the foot of a letter by which its kind is switched off.

Nothing is stored and nothing expires: whoever finds a letter of two years ago can
still stop the next one. The link can do no more than that.
"""

from collections.abc import Iterable

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from lms.core.extensions import db
from lms.core.links import site_link
from lms.identity.accounts.models import User
from lms.identity.letters.models import Letter


def off_link(person: User, letters: Iterable[Letter]) -> str:
    """Return the full address of the page with the button."""
    names = sorted(letter.name for letter in letters)
    token = _serializer().dumps([person.id, names])
    return site_link("letters.switch_off", token=token)


def read_off_link(token: str) -> tuple[User, frozenset[Letter]] | None:
    """Return whose link it is and what it switches off, if we have written it."""
    try:
        user_id, names = _serializer().loads(token)
    except BadSignature:
        return None
    person = db.session.get(User, user_id)
    letters = frozenset(letter for letter in Letter if letter.name in names)
    return (person, letters) if person else None


def off_headers(link: str) -> dict[str, str]:
    """Return what lets a mail program show its own button (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="letters off")
