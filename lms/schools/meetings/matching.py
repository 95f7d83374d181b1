"""Whom the people of an attendance list are: by address, by name, or perhaps."""

import enum
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from lms.core.names import folded_name, spellings
from lms.core.search import fold
from lms.identity.accounts.models import User
from lms.schools.meetings.joins import Comer
from lms.schools.meetings.models import Match

# How alike two names must be to be offered.
ALIKE = 0.82
# So many are offered for one line.
MOST_LIKELY = 5
LATIN = str.maketrans(
    dict(
        zip(
            "абвгдезийклмнопрстуфхцъыьэ",
            [*"abvgdeziiklmnoprstufhc", "", "y", "", "e"],
            strict=True,
        )
    )
    | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya"}
)


class Verdict(enum.Enum):
    """What became of a person of a list. The value is what people read."""

    FOUND = "найдено"
    LIKELY = "похоже"
    UNKNOWN = "не найдено"
    STAFF = "ведущие"


@dataclass
class Finding:
    """A person of a list, and whom they may be."""

    number: int
    comer: Comer
    verdict: Verdict = Verdict.UNKNOWN
    people: list[User] = field(default_factory=list)
    matched_by: Match | None = None


def match_people(
    comers: Sequence[Comer], people: Sequence[User], staff: Iterable[User]
) -> list[Finding]:
    """Say of everybody on a list who they are: by address first, then by name.

    A name fits with or without the patronymic. Where it fits two people, or two people
    of the list have it, nobody is taken; and what is only alike never is.
    """
    index = _Index(people)
    own = _Index(list(staff))
    findings = []
    for number, comer in enumerate(comers):
        finding = index.find(number, comer)
        if finding.verdict is not Verdict.FOUND:
            host = own.find(number, comer)
            finding = host if host.verdict is Verdict.FOUND else finding
            if finding is host:
                finding.verdict = Verdict.STAFF
        findings.append(finding)
    return _doubted(findings)


class _Index:
    """The people among whom somebody is looked for."""

    def __init__(self, people: Sequence[User]) -> None:
        self.by_email = {fold(person.email): person for person in people}
        self.by_name: dict[str, list[User]] = defaultdict(list)
        for person in people:
            for name in exact_names(person.full_name):
                self.by_name[name].append(person)
        # Comparing everybody with everybody would take minutes.
        self.by_beginning: dict[str, list[User]] = defaultdict(list)
        for person in people:
            for word in folded_name(person.full_name).split()[:2]:
                for beginning in {beginning_of(word), beginning_of(in_latin(word))}:
                    self.by_beginning[beginning].append(person)

    def find(self, number: int, comer: Comer) -> Finding:
        if person := self.by_email.get(comer.email):
            return Finding(number, comer, Verdict.FOUND, [person], Match.EMAIL)
        names = names_in(comer.name)
        for name in names:
            found = self.by_name.get(name, [])
            if len(found) == 1:
                return Finding(number, comer, Verdict.FOUND, list(found), Match.NAME)
            if found:
                return Finding(number, comer, Verdict.LIKELY, list(found))
        near = self._like(names)
        return Finding(number, comer, Verdict.LIKELY if near else Verdict.UNKNOWN, near)

    def _like(self, names: Iterable[str]) -> list[User]:
        """Return those with a name that begins and reads alike."""
        near = {
            person.id: person
            for name in names
            for word in name.split()
            for person in self.by_beginning.get(beginning_of(word), [])
            if is_like(name, person)
        }
        return list(near.values())[:MOST_LIKELY]


def names_in(text: str) -> list[str]:
    """Return a name and, as services write it behind, the one in brackets."""
    outside, _, inside = text.partition("(")
    both = folded_name(outside), folded_name(inside.replace(")", " "))
    return [name for name in both if name]


def exact_names(full_name: str) -> set[str]:
    """Return the ways to say a name that leave no doubt: family and given name."""
    family, *given = full_name.split() or [""]
    if not given:
        return {folded_name(family)}
    orders = ([family, *rest] for rest in (given, given[:1]))
    turned = ([*rest, family] for rest in (given, given[:1]))
    return {folded_name(" ".join(words)) for words in (*orders, *turned)}


def is_like(name: str, person: User) -> bool:
    """Tell whether a name may be another spelling: initials, Latin letters, a slip."""
    words = set(name.split())
    family, *given = folded_name(person.full_name).split() or [""]
    if name in spellings(person.full_name) or (len(family) > 3 and family in words):
        return True
    usual = " ".join(sorted([family, *given[:1]]))
    typed = " ".join(sorted(words))
    alike = usual, in_latin(usual)
    return any(SequenceMatcher(None, typed, one).ratio() >= ALIKE for one in alike)


def in_latin(name: str) -> str:
    """Write a folded name as people write theirs in Latin letters."""
    return name.translate(LATIN)


def beginning_of(word: str) -> str:
    """Return the letters that a slip seldom spoils."""
    return word[:3]


def _doubted(findings: list[Finding]) -> list[Finding]:
    """Take nobody by name for whom two strangers of one name came."""
    addresses: dict[int, set[str]] = defaultdict(set)
    found = [one for one in findings if one.verdict is Verdict.FOUND]
    for one in found:
        addresses[one.people[0].id] |= {one.comer.email} - {""}
    for one in found:
        is_doubtful = one.comer.email and len(addresses[one.people[0].id]) > 1
        if one.matched_by is Match.NAME and is_doubtful:
            one.verdict, one.matched_by = Verdict.LIKELY, None
    return findings
