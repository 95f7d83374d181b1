"""Links by which admins let people in who cannot come by themselves."""

import logging
from datetime import timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import go_one_by_one
from lms.core.mail import send_mail
from lms.identity.accounts.models import User
from lms.identity.accounts.password_links import ask_for_password_link
from lms.identity.addresses.links import way_back_link
from lms.identity.audit.models import AuditEvent
from lms.identity.audit.services import record

logger = logging.getLogger(__name__)

LINK_SENT = "письмо со ссылкой для пароля"
# So soon after the first press nobody can have missed the letter.
SECOND_PRESS = timedelta(minutes=1)
CLOSED = "Доступ закрыт. Сначала откройте его снова."


def send_password_link(person: User, *, actor: User) -> None:
    """Send a person the letter by which a password is set; pressed twice, one."""
    if person.closed_at:
        raise RuleError(CLOSED)
    go_one_by_one(f"password link of {person.id}")
    if _was_just_sent(person):
        db.session.rollback()
        return
    ask_for_password_link(person.email)
    record(actor.id, LINK_SENT, person)
    db.session.commit()


def make_way_back(person: User, *, reason: str, actor: User) -> str:
    """Return the link by which somebody whose mail is gone comes in once.

    It is kept nowhere. The journal keeps how the admin made sure who asks, and the
    address that is known so far is told.
    """
    if person.closed_at:
        raise RuleError(CLOSED)
    if person.id == actor.id:
        raise RuleError("Себе такую ссылку не сделать: попросите другого.")
    record(
        actor.id, "сделана ссылка для возвращения", person, after={"проверка": reason}
    )
    template = "schools/people/mail/way_back.txt"
    send_mail(person.email, "Ссылка для входа без почты", template, person=person)
    db.session.commit()
    logger.info("user %s: way back made by user %s", person.id, actor.id)
    return way_back_link(person)


def _was_just_sent(person: User) -> bool:
    """Tell whether a link is the last that happened to a person, and lately so."""
    last = db.session.scalars(
        sa.select(AuditEvent)
        .where(AuditEvent.object_type == User.__name__)
        .where(AuditEvent.object_id == str(person.id))
        .order_by(AuditEvent.id.desc())
        .limit(1)
    ).first()
    return (
        last is not None
        and last.action == LINK_SENT
        and last.at > utcnow() - SECOND_PRESS
    )
