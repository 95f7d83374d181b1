"""Pages that a browser keeps and asks about: an answer without doing the work again."""

import hashlib
from collections.abc import Callable
from functools import cache

from blinker import signal
from flask import Response, make_response, request, session
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from lms.core.config import ROOT
from lms.core.language import today

page_rendered_anew = signal(
    "page_rendered_anew",
    "A kept page is asked about; what a listener returns is a fact that it depends on.",
)


def answer_if_changed(*facts: object, render: Callable[[], str]) -> Response:
    """Send a page, or 304 to a browser that has it; then nothing is rendered.

    `facts` are all that the page depends on, beside the person, the session (its
    forms carry a token of it), the day, and the templates. A page with a message
    is shown once and never kept. A guest gets no session for it: pages for guests
    have no forms.
    """
    if "_flashes" in session:
        return make_response(render())
    etag = _fingerprint(*facts, *_circumstances())
    if request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    else:
        response = make_response(render())
    response.set_etag(etag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _circumstances() -> list[object]:
    """Return what any page depends on."""
    said = [fact for _, fact in page_rendered_anew.send()]
    return [*_reader(), today(), *said, _site()]


def _reader() -> list[object]:
    if not current_user.is_authenticated:
        return []
    generate_csrf()  # makes the secret of the session, if there is none yet
    return [
        current_user.id,
        current_user.full_name,
        sorted(role.name for role in current_user.roles),
        session["csrf_token"],
    ]


def _fingerprint(*facts: object) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


@cache
def _site() -> str:
    """Hash everything that pages are made of; it changes with a new version only."""
    total = hashlib.sha256()
    for folder in ("lms", "templates", "static"):
        for path in sorted((ROOT / folder).rglob("*.*")):
            if path.is_file() and path.suffix != ".pyc":
                total.update(path.read_bytes())
    return total.hexdigest()
