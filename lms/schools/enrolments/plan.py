"""What a list would change: a verdict on each line, and who is missing from it."""

import enum
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from lms.course.cohorts.models import Cohort
from lms.schools.enrolments.absentees import Absent, find_absent
from lms.schools.enrolments.entries import Entry, email_of, key_of, read_entry
from lms.schools.enrolments.snapshot import Snapshot, take_snapshot
from lms.schools.enrolments.tables import Line
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Membership, Team


class Verdict(enum.Enum):
    """What becomes of a line. The value is what people read."""

    NEW = "новый"
    CHANGED = "изменится"
    SAME = "без изменений"
    REFUSED = "не принята"


@dataclass(frozen=True)
class Finding:
    """A line, its verdict, and why it is so."""

    line: Line
    verdict: Verdict
    notes: list[str]
    entry: Entry | None = None
    membership: Membership | None = None
    newcomer: Newcomer | None = None

    @property
    def reason(self) -> str:
        return "; ".join(self.notes)


@dataclass(frozen=True)
class Plan:
    """All that a confirmation would do."""

    known: Snapshot
    findings: list[Finding]
    absent: list[Absent]

    @property
    def accepted(self) -> list[tuple[Finding, Entry]]:
        return [
            (found, found.entry)
            for found in self.findings
            if found.entry and found.verdict is not Verdict.REFUSED
        ]

    @property
    def refused(self) -> list[Finding]:
        return self.of(Verdict.REFUSED)

    @property
    def counts(self) -> dict[Verdict, int]:
        counted = Counter(found.verdict for found in self.findings)
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def changes_nothing(self) -> bool:
        return not self.counts[Verdict.NEW] + self.counts[Verdict.CHANGED]

    @property
    def new_schools(self) -> dict[str, Entry]:
        """The schools to be made, by key, as their first line writes them."""
        return {
            entry.school_key: entry
            for _, entry in reversed(self.accepted)
            if entry.school_key not in self.known.schools
        }

    @property
    def new_teams(self) -> dict[str, Entry]:
        """The teams to be made, by key, as their first line writes them."""
        return {
            entry.team_key: entry
            for _, entry in reversed(self.accepted)
            if entry.team_key not in self.known.teams
        }

    @property
    def fingerprint(self) -> str:
        """The same for the same plan: a confirmation is for what was on the page."""
        facts = [[f.line.number, f.verdict.name, f.notes] for f in self.findings]
        text = json.dumps([facts, [person.key for person in self.absent]])
        return hashlib.sha256(text.encode()).hexdigest()

    def of(self, verdict: Verdict) -> list[Finding]:
        return [found for found in self.findings if found.verdict is verdict]


def make_plan(lines: Sequence[Line], cohort: Cohort) -> Plan:
    """Compare a list with what the site knows now; changes nothing."""
    emails = {email_of(line) for line in lines}
    known = take_snapshot(cohort, emails)
    judge = _Judge(cohort, known)
    findings = [judge.judge(line) for line in lines]
    listed = {
        known.teams[found.entry.team_key].id
        for found in findings
        if found.entry and found.entry.team_key in known.teams
    }
    return Plan(known, findings, find_absent(known, listed, emails))


@dataclass
class _Judge:
    """Judges line after line; remembers what the lines before have said."""

    cohort: Cohort
    known: Snapshot
    emails: dict[str, int] = field(default_factory=dict)
    captains: dict[str, int] = field(default_factory=dict)

    def judge(self, line: Line) -> Finding:
        entry = read_entry(line)
        if isinstance(entry, list):
            return Finding(line, Verdict.REFUSED, entry)
        if reason := self._conflict(entry) or self._elsewhere(entry):
            return Finding(line, Verdict.REFUSED, [reason], entry)
        self.emails[entry.email] = line.number
        if entry.is_captain:
            self.captains[entry.team_key] = line.number
        if membership := self.known.memberships.get(entry.email):
            changes = self._changes_of_member(membership, entry)
            verdict = Verdict.CHANGED if changes else Verdict.SAME
            notes = changes + _other_name(membership, entry)
            return Finding(line, verdict, notes, entry, membership=membership)
        if newcomer := self.known.newcomers.get(entry.email):
            changes = self._changes_of_newcomer(newcomer, entry)
            verdict = Verdict.CHANGED if changes else Verdict.SAME
            notes = changes or ["приглашение уже есть"]
            return Finding(line, verdict, notes, entry, newcomer=newcomer)
        return Finding(line, Verdict.NEW, self._about_new(entry), entry)

    def _conflict(self, entry: Entry) -> str:
        """Say what another line of the same list has said already."""
        if twin := self.emails.get(entry.email):
            return f"та же почта, что в строке {twin}"
        first = self.captains.get(entry.team_key) if entry.is_captain else None
        return f"капитан этой команды уже назван в строке {first}" if first else ""

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


def _change(what: str, before: str, after: str) -> list[str]:
    return [f"{what}: «{before}» → «{after}»"] if before != after else []


def _other_name(membership: Membership, entry: Entry) -> list[str]:
    """A person's own profile has the last word on the name."""
    name = membership.user.full_name
    if key_of(name) == key_of(entry.full_name):
        return []
    return [f"в профиле имя «{name}», оно и останется"]


def _where(team: Team) -> str:
    return f"«{team.name}», {team.school.label}, поток «{team.cohort.name}»"
