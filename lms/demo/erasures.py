"""Who in the demonstration has asked to be erased, and may still think better of it."""

from datetime import timedelta

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.erasures.asking import REGRET, add_erasure
from lms.identity.requests.models import RequestKind


def ask_to_be_erased(person: User) -> None:
    """Let a graduate who has moved away ask to be erased, two days ago."""
    asked_at = utcnow() - timedelta(days=2)
    erase_at = asked_at + REGRET
    request = add_erasure(person, RequestKind.ERASURE, erase_at=erase_at).request
    request.asked_at, request.due_on = asked_at, request.due_on - timedelta(days=2)
    db.session.commit()
