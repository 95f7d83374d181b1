"""The territories that a list names: known, written the old way, or new."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.schools.enrolments.entries import Entry
from lms.schools.enrolments.spellings import town_key
from lms.schools.territories.models import Territory
from lms.schools.territories.naming import the_one_of

# From this share of common letters on two names may be one: «Бердск», «Бердскк».
ALIKE = 0.8


class NewPlace(NamedTuple):
    """A territory that the site does not know, and one that it may be."""

    name: str
    region: str
    like: str


@dataclass(frozen=True)
class Places:
    """All territories by their names, other spellings of them as well."""

    by_name: dict[str, list[Territory]]

    def called_now(self, entry: Entry) -> str:
        """Return the name of the place of an entry, if that was merged into another."""
        found = self._find(entry.municipality, entry.region)
        return found.name if found else entry.municipality

    def new_among(self, entries: Iterable[Entry]) -> list[NewPlace]:
        """Return the places of new schools that no territory is called after."""
        named = {(entry.municipality, entry.region) for entry in entries}
        new = [place for place in named if self._find(*place) is None]
        return [NewPlace(*place, self._like(place[0])) for place in sorted(new)]

    def _find(self, name: str, region: str) -> Territory | None:
        return the_one_of(self.by_name.get(name, []), region)

    def _like(self, name: str) -> str:
        """Return a name that is written almost so, or «похоже на» says nothing."""
        known = {town_key(one): one for one in self.by_name if one != name}
        close = get_close_matches(town_key(name), known, n=1, cutoff=ALIKE)
        return known[close[0]] if close else ""


def read_places() -> Places:
    """Read all territories; one statement."""
    by_name: dict[str, list[Territory]] = {}
    query = sa.select(Territory).order_by(Territory.id)
    for territory in db.session.scalars(query).all():
        by_name.setdefault(territory.name, []).append(territory)
    return Places(by_name)
