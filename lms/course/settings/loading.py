"""The settings for pages and letters: read once by a process, while nobody saves."""

from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, g
from flask_login import user_loaded_from_request

from lms.core.extensions import db
from lms.core.freshness import page_rendered_anew
from lms.core.mail import letter_composed
from lms.course.settings.models import SettingsRevision
from lms.course.settings.services import current_settings, read_stamp
from lms.course.settings.settings import Organiser, SettingsInForce
from lms.identity.accounts.models import User

# In `app.extensions`: the stamp and the settings that belonged to it.
KNOWN = "course_settings"


def my_settings() -> SettingsInForce | None:
    """Return the settings in force; a request asks once whether they are still known.

    Another process may have saved others, so the stamp comes from the database.
    """
    if "course_settings" not in g:
        stamp = g.get("settings_stamp") or read_stamp()
        known = current_app.extensions.get(KNOWN)
        if known is None or known[0] != stamp:
            known = current_app.extensions[KNOWN] = stamp, current_settings()
        g.course_settings = known[1]
    settings: SettingsInForce | None = g.course_settings
    return settings


@user_loaded_from_request.connect  # type: ignore[untyped-decorator]
def note_stamp(_sender: Flask, user: User) -> None:
    """Remember the stamp that came with the person who looks."""
    g.settings_stamp = user.settings_stamp  # type: ignore[attr-defined]


def organiser() -> Organiser | None:
    """Return whom people write to, if the organiser has said so."""
    settings = my_settings()
    return settings.organiser if settings else None


def known_organiser() -> Organiser | None:
    """Return whom the process knows, for a page that cannot ask the database."""
    _, settings = current_app.extensions.get(KNOWN) or (None, None)
    return settings.organiser if settings else None


def get_revision(number: int) -> SettingsRevision:
    """Load earlier settings, or answer 404."""
    found = sa.select(SettingsRevision).where(SettingsRevision.number == number)
    return db.first_or_404(found)


def get_revision_signed_by(sha256: str) -> SettingsRevision:
    """Load settings with this picture of a signature, or answer 404."""
    name = SettingsRevision.content["signature"].as_string()
    found = sa.select(SettingsRevision).where(name == sha256, name != "")
    return db.first_or_404(found.limit(1))


def register_organiser(app: Flask) -> None:
    """Give every template whom people write to."""
    app.jinja_env.globals |= {
        "organiser": organiser,
        "known_organiser": known_organiser,
    }


@page_rendered_anew.connect
def name_what_pages_say(_sender: object) -> Organiser | None:
    """Let no browser keep a page with a former contact in its foot."""
    return organiser()


@letter_composed.connect
def sign_letter(letter: dict[str, Any]) -> None:
    """Put the contact under a letter, and let answers go there."""
    if contact := organiser():
        text = letter["text"].rstrip()
        letter["text"] = f"{text}\n\nОрганизатор курса: {contact.in_a_line}\n"
        letter["headers"].setdefault("Reply-To", contact.email)
        letter["sender"] = contact.name
