"""What a list would change: a verdict on each line, and who is missing from it."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.schools.enrolments.absentees import Absent, find_absent
from lms.schools.enrolments.entries import Entry, email_of
from lms.schools.enrolments.places import NewPlace
from lms.schools.enrolments.snapshot import Snapshot, take_snapshot
from lms.schools.enrolments.tables import Line
from lms.schools.enrolments.twins import Twin, find_twins
from lms.schools.enrolments.verdicts import Finding, Judge, Verdict


@dataclass(frozen=True)
class Plan:
    """All that a confirmation would do."""

    known: Snapshot
    findings: list[Finding]
    absent: list[Absent]
    # The tutor of a team, by the key of the team, where the list names one.
    tutors: Mapping[str, User]

    @cached_property
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
    def doubtful(self) -> list[Finding]:
        """The lines that are taken, and that somebody should look at."""
        return [found for found in self.findings if found.warnings]

    @property
    def in_order_of_need(self) -> list[Finding]:
        """All lines: the refused first, then the doubtful, then the others."""
        return sorted(
            self.findings,
            key=lambda found: (
                found.verdict is not Verdict.REFUSED,
                not found.warnings,
            ),
        )

    @property
    def counts(self) -> dict[Verdict, int]:
        counted = Counter(found.verdict for found in self.findings)
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def changes_nothing(self) -> bool:
        kinds = Verdict.NEW, Verdict.CHANGED, Verdict.ALSO
        return not any(self.counts[kind] for kind in kinds)

    @cached_property
    def new_schools(self) -> dict[str, Entry]:
        """The schools to be made, by key, as their first line writes them."""
        first: dict[str, Entry] = {}
        for _, entry in self.accepted:
            first.setdefault(entry.school_key, entry)
        return {k: e for k, e in first.items() if k not in self.known.schools}

    @cached_property
    def new_teams(self) -> dict[str, Entry]:
        """The teams to be made, by key, as their first line writes them."""
        first: dict[str, Entry] = {}
        for _, entry in self.accepted:
            first.setdefault(entry.team_key, entry)
        return {k: e for k, e in first.items() if k not in self.known.teams}

    @cached_property
    def new_territories(self) -> list[NewPlace]:
        """The territories to be made, each with one that it may be."""
        return self.known.places.new_among(self.new_schools.values())

    @cached_property
    def twins(self) -> list[Twin]:
        """The new schools that may be others, written differently."""
        return find_twins(self.new_schools, self.known.schools)

    @property
    def fingerprint(self) -> str:
        """The same for the same plan: a confirmation is for what was on the page."""
        facts = [
            [f.line.number, f.verdict.name, f.notes, f.warnings] for f in self.findings
        ]
        missing = [person.key for person in self.absent]
        text = json.dumps([facts, missing, list(self.new_teams)])
        return hashlib.sha256(text.encode()).hexdigest()

    def settle(self, also: Collection[str]) -> "Plan":
        """Take the people of other cohorts who were ticked, refuse the others."""
        return replace(self, findings=[_settled(f, also) for f in self.findings])

    def of(self, verdict: Verdict) -> list[Finding]:
        return [found for found in self.findings if found.verdict is verdict]


def _settled(found: Finding, also: Collection[str]) -> Finding:
    if found.verdict is not Verdict.ALSO or found.entry is None:
        return found
    if found.entry.email in also:
        return replace(found, verdict=Verdict.NEW)
    notes = [f"{found.notes[0]}, в эту команду не отмечен"]
    return replace(found, verdict=Verdict.REFUSED, notes=notes)


def make_plan(
    lines: Sequence[Line],
    cohort: Cohort,
    same_schools: Mapping[str, list[str]] | None = None,
) -> Plan:
    """Compare a list with what the site knows now; changes nothing."""
    emails = {email_of(line) for line in lines}
    known = take_snapshot(cohort, emails)
    judge = Judge(cohort, known, same_schools or {})
    findings = [judge.judge(line) for line in lines]
    listed = {
        known.teams[found.entry.team_key].id
        for found in findings
        if found.entry and found.entry.team_key in known.teams
    }
    return Plan(known, findings, find_absent(known, listed, emails), judge.tutors)
