"""What a row of the register may not say, field by field."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lms.core.errors import RuleError
from lms.text.contacts import contacts_in

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
