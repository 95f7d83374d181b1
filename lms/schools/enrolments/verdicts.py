"""What becomes of each line of a list, and why."""

import enum
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from lms.core.names import folded_name, spellings
from lms.core.search import fold
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.schools.enrolments.entries import Entry, read_entry
from lms.schools.enrolments.snapshot import Snapshot
from lms.schools.enrolments.tables import Line
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Membership, Team


class Verdict(enum.Enum):
    """What becomes of a line. The value is what people read."""

    NEW = "новый"
    CHANGED = "изменится"
    SAME = "без изменений"
    ALSO = "из другого потока"
    REFUSED = "не принята"


@dataclass(frozen=True)
class Finding:
    """A line, its verdict, why it is so, and what somebody should look at."""

    line: Line
    verdict: Verdict
    notes: list[str]
    entry: Entry | None = None
    membership: Membership | None = None
    newcomer: Newcomer | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def reason(self) -> str:
        return "; ".join(self.notes)


@dataclass
class Judge:
    """Judges line after line; remembers what the lines before have said.

    `same_schools` says of the key of a school that it is another one by name and
    place, as the admin has answered.
    """

    cohort: Cohort
    known: Snapshot
    same_schools: Mapping[str, list[str]]
    emails: dict[str, int] = field(default_factory=dict)
    captains: dict[str, int] = field(default_factory=dict)
    # The line that names a person first, by the key of the team and the name.
    names: dict[tuple[str, str], int] = field(default_factory=dict)
    # The tutor whom a list names for a team, by the key of the team.
    tutors: dict[str, User] = field(default_factory=dict)

    def judge(self, line: Line) -> Finding:
        entry = read_entry(line)
        if isinstance(entry, list):
            return Finding(line, Verdict.REFUSED, entry)
        entry = replace(entry, municipality=self.known.places.called_now(entry))
        if meant := self.same_schools.get(entry.school_key):
            entry = replace(entry, school=meant[0], municipality=meant[1])
        if reason := self._conflict(entry) or self._elsewhere(entry):
            return Finding(line, Verdict.REFUSED, [reason], entry)
        self.emails[entry.email] = line.number
        if entry.is_captain:
            self.captains[entry.team_key] = line.number
        found = self._accept(line, entry)
        found.warnings.extend([*entry.remarks, *self._namesakes(line, entry)])
        return self._with_tutor(found, entry) if entry.tutor else found

    def _accept(self, line: Line, entry: Entry) -> Finding:
        if membership := self.known.memberships.get(entry.email):
            changes = self._changes_of_member(membership, entry)
            verdict = Verdict.CHANGED if changes else Verdict.SAME
            found = Finding(line, verdict, changes, entry, membership=membership)
            found.warnings.extend(_other_name(membership.user, entry))
            return found
        if newcomer := self.known.newcomers.get(entry.email):
            changes = self._changes_of_newcomer(newcomer, entry)
            verdict = Verdict.CHANGED if changes else Verdict.SAME
            notes = changes or ["приглашение уже есть"]
            found = Finding(line, verdict, notes, entry, newcomer=newcomer)
        else:
            found = Finding(line, Verdict.NEW, self._about_new(entry), entry)
        if user := self.known.people.get(entry.email):
            found.warnings.extend(_other_name(user, entry))
        place = self.known.elsewhere.get(entry.email)
        if place and found.verdict is Verdict.NEW:
            notes = [f"состоит в команде {_where(place.team)}", *found.notes]
            return replace(found, verdict=Verdict.ALSO, notes=notes)
        return found

    def _conflict(self, entry: Entry) -> str:
        """Say what another line of the same list has said already."""
        if twin := self.emails.get(entry.email):
            return f"та же почта, что в строке {twin}"
        first = self.captains.get(entry.team_key) if entry.is_captain else None
        return f"капитан этой команды уже назван в строке {first}" if first else ""

    def _namesakes(self, line: Line, entry: Entry) -> list[str]:
        """Say who of the team has the same name and another address."""
        name = folded_name(entry.full_name)
        first = self.names.setdefault((entry.team_key, name), line.number)
        if first != line.number:
            return [f"то же имя, что в строке {first}, а почта другая"]
        team = self.known.teams.get(entry.team_key)
        email = self.known.namesakes.get((team.id, name)) if team else None
        if email in {None, *self.emails} or entry.email in self.known.memberships:
            return []
        return [f"в команде уже есть человек с этим именем, его почта {email}"]

    def _elsewhere(self, entry: Entry) -> str:
        """Say where the person is already, if it is not this team."""
        user = self.known.people.get(entry.email)
        if user and user.closed_at:
            return "вход с этой почтой закрыт"
        team = self.known.teams.get(entry.team_key)
        membership = self.known.memberships.get(entry.email)
        if membership and membership.team is not team:
            return f"уже в другой команде: {_where(membership.team)}"
        newcomer = self.known.newcomers.get(entry.email)
        if not membership and newcomer and newcomer.team.cohort_id != self.cohort.id:
            return f"уже приглашён в другой поток: {_where(newcomer.team)}"
        return ""

    def _changes_of_member(self, membership: Membership, entry: Entry) -> list[str]:
        changes = _change("для школы", membership.position.value, entry.position.value)
        if entry.is_captain and not membership.is_captain:
            changes.append("станет капитаном" + self._instead_of_captain(entry))
        return changes

    def _changes_of_newcomer(self, newcomer: Newcomer, entry: Entry) -> list[str]:
        changes = _change("имя", newcomer.full_name, entry.full_name)
        changes += _change("для школы", newcomer.position.value, entry.position.value)
        if newcomer.team is not self.known.teams.get(entry.team_key):
            changes.append(f"приглашение перейдёт из команды «{newcomer.team.name}»")
        if entry.is_captain and not newcomer.is_captain:
            changes.append("придёт капитаном" + self._instead_of_captain(entry))
        if newcomer.is_captain and not entry.is_captain:
            changes.append("придёт не капитаном")
        return changes

    def _about_new(self, entry: Entry) -> list[str]:
        notes = []
        if entry.school_key not in self.known.schools:
            notes.append("новая школа")
        if entry.team_key not in self.known.teams:
            notes.append("новая команда")
        if entry.email in self.known.people:
            notes.append("уже бывал на сайте, войдёт со своим паролем")
        if entry.is_captain and (instead := self._instead_of_captain(entry)):
            notes.append("придёт капитаном" + instead)
        return notes

    def _instead_of_captain(self, entry: Entry) -> str:
        team = self.known.teams.get(entry.team_key)
        captain = self.known.captains.get(team.id) if team else None
        return f" вместо: {captain.user.full_name}" if captain else ""

    @cached_property
    def _staff(self) -> dict[str, User]:
        """The tutors of the cohort by address and by what only one is called."""
        named = [
            (name, tutor)
            for tutor in self.cohort.tutors
            for name in {folded_name(tutor.email), *spellings(tutor.full_name)}
        ]
        owners = Counter(name for name, _ in named)
        return {name: tutor for name, tutor in named if owners[name] == 1}

    def _with_tutor(self, found: Finding, entry: Entry) -> Finding:
        """Take the tutor of a team from the first line that names one."""
        tutor = self._staff.get(folded_name(entry.tutor))
        if tutor is None:
            found.warnings.append(f"тьютора «{entry.tutor}» в этом потоке нет")
            return found
        named = self.tutors.setdefault(entry.team_key, tutor)
        if named is not tutor:
            found.warnings.append(f"тьютором команды уже назван {named.full_name}")
            return found
        team = self.known.teams.get(entry.team_key)
        before = team.tutor.full_name if team and team.tutor else "нет"
        changes = _change("тьютор команды", before, tutor.full_name)
        is_changed = team and changes and found.verdict is Verdict.SAME
        verdict = Verdict.CHANGED if is_changed else found.verdict
        return replace(found, verdict=verdict, notes=found.notes + changes)


def _change(what: str, before: str, after: str) -> list[str]:
    return [f"{what}: «{before}» → «{after}»"] if before != after else []


def _other_name(user: User, entry: Entry) -> list[str]:
    """A person's own profile has the last word on the name."""
    if fold(user.full_name).split() == fold(entry.full_name).split():
        return []
    return [f"в профиле имя «{user.full_name}», оно и останется"]


def _where(team: Team) -> str:
    return f"«{team.name}», {team.school.label}, поток «{team.cohort.name}»"
