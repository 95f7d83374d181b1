"""Letters: written with the change that causes them, sent after its commit."""

import logging
import smtplib
import uuid
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template

from lms.core.database import utcnow
from lms.core.jobs import enqueue, job
from lms.core.links import site_link

logger = logging.getLogger(__name__)
TIMEOUT_SECONDS = 20


class WholeAddresses(EmailPolicy):
    """Leave the address of «unsubscribe» in one piece.

    Python folds a long word by encoding it, and no mail program can follow that.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        if name == "List-Unsubscribe":
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


def send_mail(
    to: str,
    subject: str,
    template: str,
    *,
    key: str | None = None,
    bulk: bool = False,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> None:
    """Add a letter to the caller's transaction; it goes out after the commit.

    `template` is a plain-text file under `templates/`; the same `key` twice makes
    one letter. A letter to many goes `bulk`, so that it holds up no other.
    """
    message_id = f"<{uuid.uuid4()}@tochka-sborki>"
    letter = compose(
        to, subject, template, message_id=message_id, headers=headers, **context
    )
    enqueue("mail", letter, key=key, bulk=bulk)


def compose(
    to: str,
    subject: str,
    template: str,
    *,
    message_id: str,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> dict[str, Any]:
    """Return a letter that is ready for `deliver`."""
    return {
        "to": to,
        "subject": subject,
        "text": render_template(template, site_link=site_link, **context),
        "message_id": message_id,
        "headers": dict(headers or {}),
    }


@job("mail")
def deliver(letter: dict[str, Any]) -> None:
    """Hand a letter to the mail server, or to a folder where there is none."""
    message = EmailMessage(policy=WholeAddresses())
    message["To"] = letter["to"]
    message["From"] = current_app.config["LMS_MAIL_FROM"]
    message["Subject"] = " ".join(letter["subject"].split())
    message["Date"] = format_datetime(utcnow())
    message["Message-ID"] = letter["message_id"]
    for name, value in letter.get("headers", {}).items():
        message[name] = value
    message.set_content(letter["text"])
    if url := current_app.config["SMTP_URL"]:
        _send(message, url)
    else:
        _keep(message)


def _send(message: EmailMessage, url: str) -> None:
    """`smtp://user:password@host:587` uses STARTTLS where offered; `smtps://` TLS."""
    parts = urlsplit(url)
    host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
    connect = smtplib.SMTP_SSL if secure else smtplib.SMTP
    port = parts.port or (465 if secure else 25)
    with connect(host, port, timeout=TIMEOUT_SECONDS) as server:
        if not secure and server.has_extn("starttls"):
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _keep(message: EmailMessage) -> None:
    folder = current_app.config["INSTANCE"] / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{utcnow():%Y%m%d-%H%M%S}-{message['Message-ID'][1:9]}.eml"
    (folder / name).write_bytes(message.as_bytes())
    logger.info("mail kept as %s for %s", name, message["To"])
