"""Partners out of an accepted text: who it is, what each side gives, line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lms.core.language import capital
from lms.core.search import fold
from lms.network.partners.models import PartnerKind

_BULLET = re.compile(r"^(?:[-*+•]|\d+[.)])\s+")
_MARKS = re.compile(r"[*_`|]+")
_IN_RETURN = re.compile(r"\bвзамен\b[\s—–:,-]*", re.IGNORECASE)
# A line of the map or of sources begins with its name: up to a comma or a full stop.
_HEAD = re.compile(r"^[^,.:(]+")
# What somebody does ends who it is: «Сельский клуб даёт сборник».
_DOES = re.compile(r"(?:[её]т|ит|ют|ут|ят|ил|ал|ила|ала|или|али)$")
_REFUSAL = re.compile(r"\bотказал")
# The school itself.
_OWN = re.compile(
    r"^(?:учител|учени|старш\w+ учени|старшекласс|педагог|сотрудник|охран)"
)
SHORTEST, LONGEST_NAME = 3, 8
KINDS = [
    (kind, re.compile(rf"\b(?:{words})"))
    for kind, words in (
        (PartnerKind.NURSERY, r"детск\w+ сад"),
        (PartnerKind.UNIVERSITY, "вуз|университет|институт|академи"),
        (PartnerKind.COLLEGE, "колледж|техникум"),
        (PartnerKind.EXTRA, r"дом\w* (?:детского )?творчеств|доп\w* образован"),
        (PartnerKind.CULTURE, "библиотек|музе|клуб|дк|театр|кинотеатр|дом культур"),
        (PartnerKind.SPORT, "спорт|тренер|стадион|бассейн"),
        (PartnerKind.HEALTH, "фельдшер|поликлиник|больниц|врач"),
        (PartnerKind.POWER, "администрац|депутат|полиц|участков"),
        (PartnerKind.BUSINESS, "депо|завод|магазин|компани|предприят|автопарк|банк"),
        (PartnerKind.BUSINESS, "диспетчер|мастерск|фабрик|хозяйств|кафе"),
        (PartnerKind.GRADUATES, "выпускник"),
        (PartnerKind.PARENTS, "родител|семь|отц|мам|бабуш|дед"),
        (PartnerKind.CHARITY, "фонд|совет|ветеран|пенсионер|волонт|жител|грант"),
        (PartnerKind.SCHOOL, "школ|лице|гимнази"),
    )
]


@dataclass(frozen=True)
class Hint:
    """A line that may name a partner, taken apart as far as it could be."""

    text: str
    name: str
    gives: str = ""
    wants: str = ""

    @property
    def kind(self) -> PartnerKind | None:
        """Guess who it is by the name alone: the rest speaks of others too."""
        words = fold(self.name)
        return next((kind for kind, sign in KINDS if sign.search(words)), None)


def groups_in(text: str) -> Iterator[Hint]:
    """Read the map of lesson 2: «1. Родители, 160 семей. Слушают …»."""
    for bullet, line in _lines(text):
        if bullet and not _OWN.match(fold(line)):
            yield Hint(line, _head(line))


def agreements_in(text: str) -> Iterator[Hint]:
    """Read what lesson 6 has agreed: who gives what, and what is given in return."""
    for _, line in _lines(text):
        given, *returned = _IN_RETURN.split(line, maxsplit=1)
        if returned and not _REFUSAL.search(fold(given)):
            yield Hint(line, _who(given), given.strip(), capital(returned[0]))


def sources_in(text: str) -> Iterator[Hint]:
    """Read the sources of lesson 9: «Грант фонда. До 200 000 ₽, …»."""
    for bullet, line in _lines(text):
        name = _head(line)
        if bullet and name != line:
            yield Hint(line, name, line[len(name) :].lstrip(" .,:"))


def _lines(text: str) -> Iterator[tuple[bool, str]]:
    for line in text.splitlines():
        plain = _MARKS.sub("", _BULLET.sub("", line.strip())).strip()
        if len(plain) >= SHORTEST:
            yield bool(_BULLET.match(line.strip())), plain


def _head(line: str) -> str:
    found = _HEAD.match(line)
    return found[0].strip() if found else line


def _who(text: str) -> str:
    """Return the words before the first one that says what somebody does."""
    words = text.split()
    for number, word in enumerate(words[: LONGEST_NAME + 1]):
        if number and word.islower() and _DOES.search(word):
            return " ".join(words[:number]).rstrip(",")
    return ""
