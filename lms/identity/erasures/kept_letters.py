"""Letters in the folder: to a person who was erased, or with their name in them."""

from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from lms.core.jobs import job
from lms.core.mail_folder import kept_letters
from lms.identity.erasures.name_forms import KnownAs

FORGET_LETTERS = "forget kept letters"


@job(FORGET_LETTERS, "Удаление: письма в папке")
def forget_kept_letters(payload: dict[str, Any]) -> None:
    """Remove the copies of letters that tell of a person; a second time does no harm.

    A letter to somebody else can be sent again from «Письма», without the name.
    """
    written = KnownAs(**payload).written
    for path in kept_letters():
        with suppress(FileNotFoundError):
            is_half = path.suffix == ".part"  # of a process that was stopped
            if is_half or written.search(_text_of(path.read_bytes())):
                path.unlink()


def _text_of(sent: bytes) -> str:
    message = message_from_bytes(sent, _class=EmailMessage, policy=default)
    body = message.get_body(("plain", "html"))
    headers = (str(message.get(name, "")) for name in ("To", "Reply-To", "Subject"))
    return "\n".join([*headers, body.get_content() if body else ""])
