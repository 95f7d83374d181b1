"""Erasing a person: all that one transaction can do, and what jobs finish after it."""

import logging
import secrets
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.environment import USUAL_ZONE
from lms.core.extensions import db
from lms.core.form_keys import go_one_by_one
from lms.core.jobs import Job, enqueue, every_day, job
from lms.core.retention import HOUR
from lms.identity.accounts.models import User
from lms.identity.accounts.passwords import hash_password
from lms.identity.accounts.permissions import ADMINS, among
from lms.identity.audit.services import record
from lms.identity.erasures.kept_letters import FORGET_LETTERS
from lms.identity.erasures.known import known_as
from lms.identity.erasures.lock import lock_erasure
from lms.identity.erasures.mentions import SEARCH
from lms.identity.erasures.models import Erasure, name_of_erased
from lms.identity.erasures.name_forms import KnownAs
from lms.identity.erasures.register import Erased, note_erased
from lms.identity.erasures.rows import erase_rows
from lms.identity.erasures.signals import names_removed, person_erased
from lms.identity.erasures.ties import ties_of

logger = logging.getLogger(__name__)

ERASE = "erase person"
# No server takes letters there (RFC 2606).
NOWHERE = "erased-{}@erased.invalid"


@every_day("erasures due", "Удаление: чей срок подошёл", hour=HOUR)
def erase_all_due(_request: dict[str, Any]) -> None:
    """Have everybody erased whose days are over; what tied some of them may have ended.

    After a restore no job may be left that would do it.
    """
    due = sa.select(Erasure.request_id).where(
        Erasure.erased_at.is_(None),
        Erasure.called_off_at.is_(None),
        Erasure.erase_at <= utcnow(),
    )
    for request_id in db.session.scalars(due.order_by(Erasure.erase_at)).all():
        enqueue(ERASE, {"request": request_id})
    db.session.commit()


@job(ERASE, "Удаление сведений о человеке", timed=True)
def erase_when_due(payload: dict[str, Any]) -> None:
    """Erase a person whose days to think it over have passed."""
    erase(payload["request"])


def erase(request_id: int, *, despite_ties: bool = False) -> None:
    """Erase the person of a request, whole or not at all.

    The list outside the database is written first, and what is not in the database is
    left to jobs that the same transaction adds: whatever is cut off goes on later.
    """
    nobody_knows = hash_password(secrets.token_urlsafe(32))
    erasure = _lock(request_id)
    person = erasure.request.user
    ties = [] if despite_ties else ties_of(person)
    if not erasure.is_due or any(tie.is_binding for tie in ties):
        db.session.rollback()
        return
    known = known_as(person)
    note_erased(Erased(person.id, person.created_at))
    person_erased.send(person)
    _forget_waiting_letters(known)
    erase_rows(person, known, called=name_of_erased(person.id))
    _close(person, nobody_knows)
    erasure.erased_at, erasure.known_as = utcnow(), asdict(known)
    record(None, "удалены сведения о человеке", person)
    enqueue(FORGET_LETTERS, asdict(known))
    enqueue(SEARCH, {"request": request_id})
    names_removed.send(known)
    db.session.commit()
    logger.info("user %s: erased", person.id)


def _lock(request_id: int) -> Erasure:
    """Return an erasure that nobody else does or calls off until the commit.

    Two of the last admins must not both be erased, each because of the other.
    """
    go_one_by_one("erasure")
    db.session.execute(
        sa.select(User.id).where(among(ADMINS)).order_by(User.id).with_for_update()
    )
    return lock_erasure(request_id)


def _forget_waiting_letters(known: KnownAs) -> None:
    """Remove the letters to the person that have not gone, and failed ones."""
    undone = sa.select(Job.id, Job.payload).where(Job.done_at.is_(None))
    theirs = [
        job_id
        for job_id, letter in db.session.execute(undone.order_by(Job.id))
        if _reader_of(letter) in known.addresses
    ]
    db.session.execute(sa.delete(Job).where(Job.id.in_(theirs)))


def _reader_of(letter: dict[str, Any]) -> str:
    return str(letter.get("to") or letter.get("email") or "").casefold()


def _close(person: User, password_hash: str) -> None:
    """Leave of the account what keeps works and certificates in their places."""
    db.session.expire(person)
    person.full_name = name_of_erased(person.id)
    person.email = NOWHERE.format(person.id)
    person.password_hash = password_hash
    person.roles = frozenset()
    person.timezone = USUAL_ZONE
    person.consent_version = person.email_confirmed_at = person.signed_in_at = None
    person.form_key = None
    person.closed_at = person.closed_at or utcnow()
    person.erased_at = utcnow()
    db.session.flush()
