"""How a person may be called in what others typed, in every Russian case."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lms.core.search import fold

# What stands where a name was; it goes with every case and with every verb.
REMOVED = "[имя убрано]"
FAMILY, GIVEN, FATHERS = "Surn", "Name", "Patr"
# So many first letters of a word the database is asked for.
SHORTEST = 3
# A first name alone, or one letter, is anybody.
# Names of files have «_» for spaces.
START, END = r"(?<![^\W_])", r"(?![^\W_])"
CAPITAL = "(?=(?-i:[А-ЯЁA-Z]))"
INITIAL = rf"{CAPITAL}\w\."
_PART = re.compile(r"[-\s]+")


@dataclass(frozen=True)
class KnownAs:
    """The names that a person has had on this site, and the addresses."""

    names: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """Return what the site wrote to name the person, the longest first."""
        return sorted({*self.names, *self.addresses}, key=len, reverse=True)

    @property
    def written(self) -> re.Pattern[str]:
        """Find the person where the site itself wrote who it is."""
        words = "|".join(_either_e(re.escape(word)) for word in self.words)
        return re.compile(rf"{START}(?:{words or '(?!)'}){END}", re.IGNORECASE)


def pattern_of(known: KnownAs) -> re.Pattern[str]:
    """Find the person in a text: by the family name, by both other names, by address.

    What stands beside the family name, other names and initials, goes with it.
    """
    ways = [re.escape(address) for address in known.addresses]
    for name in known.names:
        family, *others = name.split() or [""]
        given, fathers = [*others, "", ""][:2]
        ways += _ways(_any_of(family, FAMILY), _any_of(given, GIVEN), fathers)
    every = "|".join(way for way in ways if way)
    return re.compile(rf"{START}(?:{every or '(?!)'}){END}", re.IGNORECASE)


def _ways(family: str, given: str, fathers: str) -> Iterable[str]:
    if not given:
        return [family]
    second = _any_of(fathers, FATHERS)
    first = rf"(?:{given}|{INITIAL})"
    rest = rf"{first}(?:[\s_]*(?:{second or INITIAL}|{INITIAL}))?"
    both = [rf"{given}[\s_]+{second}"] if second else []
    return [rf"(?:{rest}[\s_]*)?{family}(?:[\s_]+{rest})?", *both]


def beginnings(known: KnownAs) -> list[str]:
    """Return with what words begin that may name the person; folded."""
    found = {fold(address) for address in known.addresses}
    for name in known.names:
        family, *others = name.split() or [""]
        kinds = zip([family, *others[:1]], (FAMILY, GIVEN), strict=False)
        found |= {_shared(_forms(part, kind)) for part, kind in kinds if part}
    return sorted(word for word in found if word)


def _any_of(word: str, kind: str) -> str:
    """Write a name of one or more parts in all its cases; «е» is «ё» as well."""
    parts = [part for part in _PART.split(word) if part]
    cases = ("|".join(sorted(_forms(part, kind), key=len)[::-1]) for part in parts)
    begins = CAPITAL if any(_is_any_word(part, kind) for part in parts) else ""
    return begins + "-".join(f"(?:{_either_e(case)})" for case in cases)


def _is_any_word(word: str, kind: str) -> bool:
    """Tell a name that is a word of its own as well: «Мороз», «Ли»."""
    parses = _dictionary().parse(word.lower())
    return any(parse.is_known and kind not in parse.tag for parse in parses)


def _either_e(text: str) -> str:
    return re.sub("[её]", "[её]", text, flags=re.IGNORECASE)


def _shared(forms: set[str]) -> str:
    """Return how all forms begin; of a short word, the word as it is."""
    first, last = min(forms), max(forms)
    pairs = zip(first, last, strict=False)
    length = next((n for n, (a, b) in enumerate(pairs) if a != b), len(first))
    return first[: max(length, min(SHORTEST, len(first)))]


def _forms(word: str, kind: str) -> set[str]:
    """Return a word in every case; one that is no such name as any word of Russian."""
    parses = _dictionary().parse(word.lower())
    fitting = [parse for parse in parses if kind in parse.tag] or parses
    cases = (form.word for parse in fitting for form in parse.lexeme)
    return {re.escape(fold(case)) for case in (word, *cases)}


@cache
def _dictionary() -> Any:
    """Load the words of Russian when somebody is erased, not when the site starts."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")
