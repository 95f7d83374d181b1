"""Schools of a list that may be one, though they are written differently."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.schools.enrolments.entries import Entry
from lms.schools.enrolments.spellings import likeness_of
from lms.schools.teams.models import School


@dataclass(frozen=True)
class Twin:
    """A school that the list writes its own way, and the one that it may be."""

    key: str
    name: str
    municipality: str
    other_name: str
    other_municipality: str
    # Whether the other one is on the site already, or stands in the list as well.
    is_known: bool

    @property
    def label(self) -> str:
        return f"{self.name}, {self.municipality}"

    @property
    def other_label(self) -> str:
        return f"{self.other_name}, {self.other_municipality}"


def find_twins(new: Mapping[str, Entry], known: Mapping[str, School]) -> list[Twin]:
    """Compare the new schools with those of the site and with one another."""
    found: dict[str, tuple[str, str, bool]] = {}
    for school in known.values() if new else ():
        place = likeness_of(school.name, school.municipality)
        found.setdefault(place, (school.name, school.municipality, True))
    twins = []
    for key, entry in new.items():
        place = likeness_of(entry.school, entry.municipality)
        other = found.setdefault(place, (entry.school, entry.municipality, False))
        if other[:2] != (entry.school, entry.municipality):
            twins.append(Twin(key, entry.school, entry.municipality, *other))
    return twins
