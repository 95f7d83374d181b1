"""What a row of the register may not say, field by field."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lms.core.errors import RuleError

# A phone without 8-800, which is nobody's own; an address; a name in a messenger.
_CONTACT = re.compile(
    r"(?<![\d-])(?:\+?[78][\s(-]*(?!800)\d{3}|\(?9\d{2})[\s)-]*"
    r"\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)"
    r"|[^\s@<>()]+@[^\s@<>()]+\.\w+"
    r"|(?<![\w.@])@[a-zA-Z]\w{3,}"
    r"|\b(?:t|wa)\.me/\+?\w+"
)
# What neighbours may come to read.
FOR_NEIGHBOURS = ("gives", "wants")
CONTACT = (
    "Похоже на чей-то контакт: «{found}». Эти слова может прочитать соседняя школа,"
    " перенесите его в «Как связаться»."
)
DAYS = (("since", "until"), ("signed_on", "ends_on"), ("starts_on", "ends_on"))
ENDS_EARLIER = "Окончание раньше начала."


def contact_in(text: str) -> str:
    """Return the first phone or address that stands in a text, or nothing."""
    return next(iter(contacts_in(text)), "")


def contacts_in(text: str) -> list[str]:
    """Return the phones and addresses by which somebody may be reached."""
    return [found[0].strip() for found in _CONTACT.finditer(text)]


def complaints_about(values: Mapping[str, Any]) -> dict[str, str]:
    """Say what is wrong, by the field that has to be put right."""
    return dict(_complaints(values))


def check(values: Mapping[str, Any]) -> None:
    """Refuse what no row of the register may say."""
    if wrong := complaints_about(values):
        raise RuleError(next(iter(wrong.values())))


def _complaints(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in FOR_NEIGHBOURS:
        if found := contact_in(values.get(field) or ""):
            yield field, CONTACT.format(found=found)
    for begins, ends in DAYS:
        if _is_earlier(values.get(ends), values.get(begins)):
            yield ends, ENDS_EARLIER


def _is_earlier(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other
