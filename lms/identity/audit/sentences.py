"""The journal as it is read: a sentence for each event, a line for each fact."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from lms.core.language import day, moment
from lms.identity.audit.models import AuditEvent
from lms.identity.audit.words import FACTS, KINDS, SENTENCES, VALUES

_DAY = re.compile(r"\b\d{4}-\d\d-\d\d(T[\d:.+-]+)?")


class Sentence(NamedTuple):
    """What was done: the words before the thing, the thing, the words after it."""

    before: str
    thing: str
    after: str


def sentence_of(event: AuditEvent, thing: str) -> Sentence:
    """Word an event; what has no wording reads as the action that was stored."""
    facts = {**(event.before or {}), **(event.after or {})}
    decided = f"{event.action}: {facts.get('решение')}"
    wording = SENTENCES.get(decided) or SENTENCES.get(event.action, "")
    before, has_thing, after = wording.partition("{thing}")
    try:
        if wording and (thing or not has_thing):
            shown = thing if has_thing else ""
            return Sentence(before.format_map(facts), shown, after.format_map(facts))
    except KeyError:
        pass  # An older row lacks the fact.
    return Sentence(event.action + ": " * bool(thing), thing, "")


def kind_of(event: AuditEvent) -> tuple[str, str]:
    """Return what an event is about, and its colour."""
    return KINDS.get(event.object_type, ("сайт", ""))


def details_of(
    event: AuditEvent, words: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """List what differs, with the slugs of the course written as `words` has them."""
    known = {**VALUES, **words}
    before, after = event.before or {}, event.after or {}
    return [
        (name, _in_words(before.get(key), known), _in_words(after.get(key), known))
        for key in {**before, **after}
        if before.get(key) != after.get(key)
        and (name := FACTS.get(key, known.get(key, key)))
    ]


def _in_words(value: Any, known: Mapping[str, str]) -> str:
    match value:
        case bool():
            return "да" if value else "нет"
        case list():
            return ", ".join(filter(None, (_in_words(part, known) for part in value)))
        case dict():
            named = ((FACTS.get(key, known.get(key, key)), value[key]) for key in value)
            parts = (
                f"{name}: {_in_words(part, known)}" for name, part in named if name
            )
            return "; ".join(parts)
    text = "" if value is None else str(value)
    return _DAY.sub(_as_day, known.get(text, text))


def _as_day(found: re.Match[str]) -> str:
    try:
        if found[1]:
            return moment(datetime.fromisoformat(found[0]))
        return day(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]
