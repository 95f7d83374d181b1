"""Asking to be erased, thinking better of it, and withdrawing the consent."""

import logging
from datetime import datetime, timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import go_one_by_one
from lms.core.jobs import JobError, enqueue
from lms.core.mail import ask_for_letter
from lms.core.troubles import UnavailableError
from lms.identity.accounts.models import SignIn, User
from lms.identity.accounts.services import prove_password
from lms.identity.audit.services import record
from lms.identity.erasures.erasing import ERASE
from lms.identity.erasures.letters import ASKED, REMINDER
from lms.identity.erasures.lock import lock_erasure
from lms.identity.erasures.models import Erasure
from lms.identity.erasures.register import Erased, note_kept
from lms.identity.erasures.signals import access_ended
from lms.identity.erasures.ties import ties_of
from lms.identity.requests.models import DataRequest, RequestKind

logger = logging.getLogger(__name__)

# To think better of it; one day before the end of it a letter reminds.
REGRET, REMINDED = timedelta(days=7), timedelta(days=1)
TOO_LATE = "Сведения уже удалены, вернуть их нельзя."


def erasure_of(person: User) -> Erasure | None:
    """Return the erasure that a person has asked for and that can be called off."""
    return db.session.scalar(
        sa.select(Erasure)
        .join(Erasure.request)
        .where(DataRequest.user_id == person.id)
        .where(Erasure.erased_at.is_(None), Erasure.called_off_at.is_(None))
        .order_by(Erasure.request_id)
        .limit(1)
    )


def ask_erasure(person: User, *, password: str) -> Erasure:
    """Have a person erased in some days; asked twice, the first one counts."""
    _check(person, password)
    return _ask(person, RequestKind.ERASURE)


def withdraw_consent(person: User, *, password: str) -> Erasure:
    """Close the account at once, because nothing may be done with the data any more.

    Somebody who has asked to be erased already may withdraw the consent as well.
    """
    _check(person, password)
    erasure = _ask(person, RequestKind.WITHDRAWAL, commits=False)
    erasure.request.kind = RequestKind.WITHDRAWAL
    if not person.closed_at:
        person.closed_at = utcnow()
        db.session.execute(sa.delete(SignIn).where(SignIn.user_id == person.id))
        access_ended.send(person)
        record(person.id, "отозвано согласие", person)
    db.session.commit()
    logger.info("user %s: withdrew the consent", person.id)
    return erasure


def _check(person: User, password: str) -> None:
    """Check who asks, and that nothing binds them any more."""
    user_id = person.id
    prove_password(person, password)
    go_one_by_one(f"erasure of {user_id}")
    for tie in ties_of(person):
        if tie.is_binding:
            db.session.rollback()
            raise RuleError(tie.sentence)


def _ask(person: User, kind: RequestKind, *, commits: bool = True) -> Erasure:
    erasure = erasure_of(person)
    if erasure is None:
        erasure = add_erasure(person, kind, erase_at=utcnow() + REGRET)
        record(person.id, "запрошено удаление сведений", person)
    if commits:
        db.session.commit()
    return erasure


def add_erasure(person: User, kind: RequestKind, *, erase_at: datetime) -> Erasure:
    """Add a request with its letters and its job to the caller's transaction."""
    request = DataRequest(user=person, kind=kind)
    erasure = Erasure(request=request, erase_at=erase_at)
    db.session.add(erasure)
    db.session.flush()
    facts = {"request": request.id}
    ask_for_letter(ASKED, facts)
    ask_for_letter(REMINDER, facts, run_at=erase_at - REMINDED)
    enqueue(ERASE, facts, run_at=erase_at)
    logger.info("user %s: request %s to be erased", person.id, request.id)
    return erasure


def call_off(request_id: int) -> None:
    """Leave all as it was; whoever withdrew the consent is asked for it again.

    A try that was cut off may have written the person into the list of the erased.
    """
    erasure = lock_erasure(request_id)
    if erasure.erased_at:
        db.session.rollback()
        raise RuleError(TOO_LATE)
    if erasure.called_off_at:
        db.session.rollback()
        return
    request, person = erasure.request, erasure.request.user
    try:
        note_kept(Erased(person.id, person.created_at))
    except JobError as error:
        db.session.rollback()
        raise UnavailableError(f"Удаление не отменено: {error}.") from None
    erasure.called_off_at = request.done_at = utcnow()
    if request.kind is RequestKind.WITHDRAWAL:
        person.closed_at = person.consent_version = None
        access_ended.send(person)
    record(person.id, "удаление сведений отменено", person)
    db.session.commit()
    logger.info("user %s: request %s called off", person.id, request_id)
