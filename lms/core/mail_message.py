"""A letter as it leaves: its headers, its text and its page."""

import uuid
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from lms.core.database import utcnow
from lms.core.fields import one_line
from lms.core.letter_page import page_of
from lms.core.mail_headers import ENCODED, WholeHeaders, in_latin

Letter = dict[str, Any]
SENDER = "Точка сборки"
# No mail program answers such a letter that its reader is away (RFC 3834).
BY_ITSELF = {"Auto-Submitted": "auto-generated"}
# What would end a quoted name too early.
UNQUOTED = str.maketrans({'"': None, "\\": None})


def message_of(letter: Letter) -> EmailMessage:
    """Return a letter as it leaves."""
    message = EmailMessage(policy=WholeHeaders())
    subject = one_line(letter["subject"])
    message["To"] = letter["to"]
    message["From"] = _sender(letter.get("sender") or SENDER)
    message["Subject"] = subject
    message["Date"] = format_datetime(utcnow())
    message["Message-ID"] = letter["message_id"]
    for name, value in (BY_ITSELF | letter.get("headers", {})).items():
        message[name] = value
    message.set_content(letter["text"])
    message.add_alternative(page_of(subject, letter["text"]), subtype="html")
    return message


def message_name(event: str = "") -> str:
    """Return a `Message-ID` of this site; one event has the same one at each try.

    A mail program that gets a letter twice sees by that that it has it already.
    """
    name = uuid.uuid5(uuid.NAMESPACE_URL, event) if event else uuid.uuid4()
    host = urlsplit(current_app.config["LMS_URL"]).hostname or "localhost"
    host = host if host.isascii() else in_latin(host)
    return f"<{name}@{'localhost' if ':' in host else host}>"


def _sender(name: str) -> str:
    """Return the sender with a name, unless the settings of the server say one."""
    said, address = parseaddr(current_app.config["LMS_MAIL_FROM"])
    plain = one_line(name.translate(UNQUOTED)).replace(ENCODED, "= ?")
    return f'"{said or plain}" <{address}>'
