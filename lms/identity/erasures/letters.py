"""The two letters to a person who is going to be erased, and the link in them."""

from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from lms.core.extensions import db
from lms.core.links import site_link
from lms.core.mail import compose, letter_job
from lms.core.mail_message import Letter
from lms.identity.erasures.models import Erasure

ASKED, REMINDER = "erasure asked", "erasure tomorrow"


@letter_job(ASKED, "Удаление: письмо о запросе", lasting=True)
def write_asked(asked: dict[str, Any]) -> Letter | None:
    """Tell at once what was asked or what ends, and until when it can be stopped."""
    return _write(asked["request"], "asked")


@letter_job(REMINDER, "Удаление: письмо накануне", lasting=True, timed=True)
def write_reminder(asked: dict[str, Any]) -> Letter | None:
    """Remind a day before, in the last letter that the person gets from the site."""
    return _write(asked["request"], "reminder")


def _write(request_id: int, name: str) -> Letter | None:
    erasure = db.session.get(Erasure, request_id)
    if erasure is None or not erasure.can_be_called_off:
        return None
    person = erasure.request.user
    return compose(
        person.email,
        _subject(erasure, name),
        f"identity/erasures/mail/{name}.txt",
        person=person,
        erasure=erasure,
        link=call_off_link(erasure),
    )


def _subject(erasure: Erasure, name: str) -> str:
    """Say of nobody that they asked for what their term brings."""
    if name == "reminder":
        return "Завтра сведения о вас будут удалены"
    if erasure.is_by_term:
        return "Сведения о вас скоро будут удалены"
    return "Вы попросили удалить сведения о вас"


def call_off_link(erasure: Erasure) -> str:
    """Return the address at which an erasure is called off, signed in or not."""
    token = _serializer().dumps(erasure.request_id)
    return site_link("erasures.keep", token=token)


def read_call_off_link(token: str) -> Erasure | None:
    """Return the erasure that a link calls off, as long as it can be."""
    try:
        request_id = _serializer().loads(token)
    except BadSignature:
        return None
    erasure = db.session.get(Erasure, request_id)
    return erasure if erasure and erasure.can_be_called_off else None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="call off erasure")
