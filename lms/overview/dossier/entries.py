"""The map of personal data: what the tables declare, in the order of their purposes."""

from collections.abc import Iterator
from dataclasses import dataclass

from lms.core.language import plural
from lms.core.personal import (
    Declaration,
    Ground,
    OnErase,
    Purpose,
    Term,
    declarations,
)
from lms.core.retention import terms


@dataclass
class Entry:
    """One thing that is kept about people, from however many tables."""

    title: str
    ground: Ground
    term: str
    # In the one case where a row goes that stays otherwise: it is nobody else's.
    goes_alone: bool
    told: list[str]
    held: list[str]

    @property
    def exceptions(self) -> list[str]:
        """Say what is not as the head of the map has it for all."""
        said = []
        if self.term != Term.PARTICIPATION.value:
            said.append(f"хранится {self.term}")
        if self.ground is not Ground.CONSENT:
            said.append(f"основание — {self.ground.value}")
        return said

    def join(self, other: "Entry") -> None:
        """Take the words of another table in that is the same to people."""
        self.told += [word for word in other.told if word not in self.told]
        self.held += [word for word in other.held if word not in self.held]


@dataclass
class Part:
    """What is kept for one purpose, apart by what an erasure does with it."""

    purpose: Purpose
    groups: dict[OnErase, list[Entry]]


def parts_of_map(*, of_staff: bool) -> list[Part]:
    """Return the map of everybody, or what people with a role have besides."""
    parts = (Part(purpose, _groups(purpose, of_staff=of_staff)) for purpose in Purpose)
    return [part for part in parts if part.groups]


def _groups(purpose: Purpose, *, of_staff: bool) -> dict[OnErase, list[Entry]]:
    found: dict[OnErase, dict[str, Entry]] = {kind: {} for kind in OnErase}
    for table, one in _declared(purpose, of_staff=of_staff):
        entry = _entry(table, one)
        known = found[one.on_erase].setdefault(one.title, entry)
        known.join(entry)
    return {kind: [*entries.values()] for kind, entries in found.items() if entries}


def _declared(purpose: Purpose, *, of_staff: bool) -> Iterator[tuple[str, Declaration]]:
    for table, one in declarations.items():
        if one.purpose is purpose and one.of_staff is of_staff:
            yield table, one


def _entry(table: str, one: Declaration) -> Entry:
    return Entry(
        title=one.title,
        ground=one.ground,
        term=term_of(table, one.term),
        goes_alone=OnErase.DELETED in [*one.of.values()][1:],
        told=[*one.told.values()],
        held=[*one.held.values()],
    )


def term_of(table: str, term: Term) -> str:
    """Say for how long rows of a table are kept: as the night's jobs know it."""
    if term is Term.NIGHTLY:
        lasts = [one.lasts for name, one in terms.items() if is_of(name, table)]
        return plural(max(lasts).days, "день", "дня", "дней")
    said: str = term.value
    return said


def is_of(column: str, table: str) -> bool:
    """Tell whether `table.column` is a column of this table."""
    return column.split(".")[0] == table
