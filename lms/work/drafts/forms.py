"""What was typed into the draft: the fields are declared by the assignment."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from lms.core.fields import plain_lines


@dataclass(frozen=True)
class TypedField:
    """One field of the form as it came back."""

    key: str
    text: str
    base_version: int
    is_changed: bool


def fingerprint(text: str) -> str:
    """Return a short mark of a text, to see whether somebody changed it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def typed_fields(form: MultiDict[str, str], keys: Iterable[str]) -> list[TypedField]:
    """Read the fields that the page sent.

    A page left open holds old texts of fields that others wrote meanwhile; they
    are not this person's words, and the mark of what was shown tells them apart.
    """
    typed = []
    for key in keys:
        if (sent := form.get(f"text-{key}")) is None:
            continue
        text = plain_lines(sent)
        typed.append(
            TypedField(
                key=key,
                text=text,
                base_version=form.get(f"version-{key}", 0, type=int),
                is_changed=fingerprint(text) != form.get(f"seen-{key}"),
            )
        )
    return typed
