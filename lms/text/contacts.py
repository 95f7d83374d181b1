"""Phones and addresses of people among other words."""

import re

# A phone without 8-800, which is nobody's own; an address; a name in a messenger.
_CONTACT = re.compile(
    r"(?<![\d-])(?:\+?[78][\s(-]*(?!800)\d{3}|\(?9\d{2})[\s)-]*"
    r"\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)"
    r"|[^\s@<>()]+@[^\s@<>()]+\.\w+"
    r"|(?<![\w.@])@[a-zA-Z]\w{3,}"
    r"|\b(?:t|wa)\.me/\+?\w+"
)


def contacts_in(text: str) -> list[str]:
    """Return the phones and addresses by which somebody may be reached."""
    return [found[0].strip() for found in _CONTACT.finditer(text)]
