"""Letters: written with the change that causes them, sent after its commit."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from blinker import signal
from flask import current_app, render_template

from lms.core.extensions import db
from lms.core.jobs import Delivery, enqueue, job
from lms.core.language import capital, read_in
from lms.core.links import site_link
from lms.core.mail_folder import keep
from lms.core.mail_message import Letter, message_name, message_of
from lms.core.smtp import send

logger = logging.getLogger(__name__)
Writer = Callable[[dict[str, Any]], Letter | None]

letter_composed = signal(
    "letter_composed", "A letter is about to leave; sent with its text and headers."
)
letter_waited = signal(
    "letter_waited",
    "A letter that waited is about to leave; a listener may change to whom it goes, or"
    " leave nobody there when it is needed no more.",
)


def send_mail(
    to: str,
    subject: str,
    template: str,
    *,
    key: str | None = None,
    about: Mapping[str, Any] | None = None,
    **said: Any,
) -> None:
    """Add a letter to the caller's transaction; it goes out after the commit.

    The same `key` twice makes one letter. It is stored until it has gone out, so one
    with a link that opens something is written by a `letter_job` instead. `about` is
    what listeners of `letter_waited` need to know of it.
    """
    letter = compose(to, subject, template, **said)
    enqueue("mail", {**letter, **(about or {})}, key=key)


def compose(
    to: str,
    subject: str,
    template: str,
    *,
    message_id: str = "",
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Letter:
    """Return a letter that is ready for `deliver`.

    `template` is a plain-text file under `templates/`. Hours are those of the `person`
    whom it addresses, not of the one whose click caused the letter.
    """
    with read_in(getattr(context.get("person"), "timezone", None)):
        text = render_template(template, site_link=site_link, **context)
    letter = {
        "to": to,
        "subject": subject,
        "text": text,
        "message_id": message_id or message_name(),
        "headers": dict(headers or {}),
    }
    letter_composed.send(letter)
    return letter


def letter_job(
    kind: str,
    title: str,
    *,
    last: bool = False,
    lasting: bool = False,
    timed: bool = False,
    after: Callable[[Letter], None] | None = None,
) -> Callable[[Writer], Writer]:
    """Name the function that writes the letters of a kind at the moment they go out.

    It returns nothing where the letter is not needed any more. What a letter opens is
    so made when it goes out, and no job holds it. `after` hears of each that has left.
    Each is wanted by `ask_for_letter`, or names its event by itself.
    """

    def register(write: Writer) -> Writer:
        def write_and_deliver(request: dict[str, Any]) -> Delivery | None:
            letter = write(request)
            if letter and "message_id" in request:
                letter["message_id"] = request["message_id"]
            db.session.rollback()  # hold no transaction while the mail server thinks
            delivery = deliver(letter) if letter else None
            if letter and after and delivery is Delivery.SENT:
                _note(after, letter)
            return delivery

        facts = {"last": last, "lasting": lasting, "timed": timed}
        job(kind, title, letter=True, **facts)(write_and_deliver)
        return write

    return register


def ask_for_letter(
    kind: str, request: Mapping[str, Any], *, run_at: datetime | None = None
) -> None:
    """Have a letter of a `letter_job` written when it goes out.

    It is added to the caller's transaction, and has the same name at each try.
    """
    enqueue(kind, {**request, "message_id": message_name()}, run_at=run_at)


def _note(after: Callable[[Letter], None], letter: Letter) -> None:
    """Let it be noted that a letter has left; without that it still goes only once."""
    try:
        after(letter)
    except Exception:
        db.session.rollback()
        logger.exception("letter %s has left and is not noted", letter["message_id"])


@job("mail", "Письмо", letter=True, lasting=True)
def deliver_at_last(letter: Letter) -> Delivery | None:
    """Send a letter that waited: for moments, for days, or until an admin asked."""
    letter_waited.send(letter)
    db.session.rollback()  # hold no transaction while the mail server thinks
    return deliver(letter) if letter["to"] else None


def deliver(letter: Letter) -> Delivery:
    """Hand a letter to the mail server, or to a folder where there is none."""
    message = message_of(letter)
    if url := current_app.config["SMTP_URL"]:
        send(message, url)
        return Delivery.SENT
    keep(message)
    return Delivery.KEPT


def has_mail_server() -> bool:
    """Tell whether letters leave this machine at all."""
    return bool(current_app.config["SMTP_URL"])


def fate(what: str = "письмо", *, many: bool = False) -> str:
    """Tell staff what becomes of a letter that was just added, not what they hope."""
    if has_mail_server():
        verb = "скоро уйдут" if many else "скоро уйдёт"
        return f"{capital(what)} в очереди и {verb}."
    verb = "останутся" if many else "останется"
    return f"Почта не настроена: {what} {verb} на сервере, в папке mail."
