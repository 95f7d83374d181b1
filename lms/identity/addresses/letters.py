"""The letter to an address that somebody wants to sign in with."""

from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.mail import compose, letter_job
from lms.core.mail_message import Letter
from lms.identity.accounts.models import User
from lms.identity.addresses.links import change_link, trace_of

KIND, SUBJECT = "change of address", "Подтвердите новую почту"


@letter_job(KIND, SUBJECT, lasting=True)
def write_change(asked: dict[str, Any]) -> Letter | None:
    """Ask the reader to confirm, or tell whoever signs in with that address already.

    Nothing is written when the account has changed since.
    """
    person = db.session.get(User, asked["user_id"])
    if person is None or person.closed_at or trace_of(person) != asked["trace"]:
        return None
    email = asked["email"]
    taken = db.session.scalar(sa.select(User.id).where(User.email == email))
    if taken:
        return compose(email, SUBJECT, "identity/addresses/mail/taken.txt")
    link = change_link(person, email)
    template = "identity/addresses/mail/confirm.txt"
    return compose(email, SUBJECT, template, person=person, link=link)
