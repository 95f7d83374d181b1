"""Words of a card that may name a person, a class or a child."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lms.core.errors import RuleError
from lms.core.search import fold
from lms.text import contacts
from lms.text.stems import stems

_NAMES = Path(__file__).with_name("first_names.txt")
_LETTER = r"[А-ЯЁ]"
_CAPITAL = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?")
# «7 «Б»», «10-А», «5 б класс»; «5 а также» is none.
_CLASS = re.compile(
    r"(?<!\d)(?:1[01]|[1-9])(?:\s?[-–]?\s?[«\"“][А-Яа-яЁё][»\"”]"
    r"|[-–]?[А-ЯЁ]\b|\s[А-ЯЁ]\b(?!\.)|\s?[-–]?\s?[а-яё](?=\s+класс))"
)
_INITIALS = re.compile(
    rf"{_LETTER}[а-яё]+\s+{_LETTER}\.(?:\s?{_LETTER}\.)?(?!\s?{_LETTER}[а-яё])"
    rf"|{_LETTER}\.\s?(?:{_LETTER}\.\s?)?{_LETTER}[а-яё]+"
)
_PATRONYMIC = re.compile(
    r"(?:ович|евич|ьич|овн|евн|иничн|ьиничн)(?:а|у|ем|ом|е|ы|ой)?$"
)
# Words of the language that end as a patronymic does.
_NO_PATRONYMIC = re.compile(
    r"^(?:основн|духовн|условн|главн|церковн|верховн|уровн|ровн|кровн|виновн)"
)
_SURNAME = re.compile(
    r"(?:[оеё]в|[иы]н|[сц]к(?:ий|ая|ого|ому|им|ой|ую)|енко)"
    r"(?:а|у|ым|ом|е|ой|ы|ых)?$"
)
_ENDS_SENTENCE = re.compile(r"(?:^|[.!?…:\n«\"(•]|[-–—*]\s?)\s*$")
AROUND = 40


class Mention(NamedTuple):
    """A word that may name somebody, with what stands around it."""

    word: str
    before: str
    after: str

    @property
    def key(self) -> str:
        """Return the word as it is remembered when it was confirmed."""
        return fold(self.word)


def mentions_in(texts: Iterable[str], people: Iterable[str] = ()) -> list[Mention]:
    """Return each such word once; `people` are names of those who are known."""
    known = {stem for name in people for stem in stems(name)}
    found: dict[str, Mention] = {}
    for text in texts:
        for start, end in sorted(_places(text, known)):
            one = Mention(
                text[start:end],
                text[max(0, start - AROUND) : start],
                text[end : end + AROUND],
            )
            found.setdefault(one.key, one)
    return list(found.values())


def refuse_names(line: str) -> None:
    """Refuse a line that everybody will read while it seems to name somebody."""
    if wrong := names_refused(line):
        raise RuleError(wrong)


def names_refused(line: str) -> str:
    """Say whom a line for everybody seems to name; nothing if it names nobody."""
    wrong = [*contacts_in([line]), *(one.word for one in mentions_in([line]))]
    named = ", ".join(wrong)
    refusal = f"Эту строку прочитают все. Уберите имена и контакты: {named}."
    return refusal if wrong else ""


def contacts_in(texts: Iterable[str]) -> list[str]:
    """Return the addresses and telephone numbers, which no card ever shows."""
    return [found for text in texts for found in contacts.contacts_in(text)]


def _places(text: str, known: set[str]) -> Iterator[tuple[int, int]]:
    whole = [m.span() for r in (_CLASS, _INITIALS) for m in r.finditer(text)]
    yield from whole
    for word in _CAPITAL.finditer(text):
        start, end = word.span()
        if any(first <= start < last for first, last in whole):
            continue
        is_first = bool(_ENDS_SENTENCE.search(text[:start]))
        if _may_name(word[0], known, is_first=is_first):
            yield start, end


def _may_name(word: str, known: set[str], *, is_first: bool) -> bool:
    folded = fold(word)
    if known.union(_first_names()).intersection(stems(word)):
        return True
    if _PATRONYMIC.search(folded) and not _NO_PATRONYMIC.search(folded):
        return True
    # Every sentence begins with a capital, and many a word ends as surnames do.
    return not is_first and bool(_SURNAME.search(folded))


@cache
def _first_names() -> frozenset[str]:
    """Read the list of given names when somebody writes a card, not at start."""
    return frozenset(stems(_NAMES.read_text(encoding="utf-8")))
