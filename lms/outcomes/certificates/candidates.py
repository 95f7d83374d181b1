"""Who in which team is how far from the certificate; six statements for any number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.core.extensions import db
from lms.core.search import fold
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.rule import frozen_rule
from lms.identity.accounts.models import User
from lms.outcomes.certificates.conditions import Condition, compare, read_record
from lms.outcomes.certificates.models import Certificate
from lms.schools.teams.models import Membership, Team
from lms.work.credits.gradebook import Participant


@dataclass(frozen=True)
class Candidate:
    """A member: what is unmet, and the newest certificate if there is any."""

    membership: Membership
    unmet: list[Condition]
    certificate: Certificate | None

    @property
    def user(self) -> User:
        return self.membership.user

    @property
    def team(self) -> Team:
        return self.membership.team

    @property
    def is_certified(self) -> bool:
        return self.certificate is not None and self.certificate.is_valid

    @property
    def is_ready(self) -> bool:
        """Tell whether nothing is missing; after a revocation an admin decides."""
        return self.certificate is None and not self.unmet


@dataclass(frozen=True)
class TeamCandidates:
    """The people of one team."""

    team: Team
    people: list[Candidate]

    @property
    def ready(self) -> list[Candidate]:
        return [person for person in self.people if person.is_ready]


def candidates_of(cohorts: Sequence[Cohort], viewer: User) -> list[Candidate]:
    """Return everybody in some cohorts as a viewer may know them, by team and name.

    Whoever has left is there only with everything done or with a certificate.
    """
    ids = [cohort.id for cohort in cohorts]
    rules = {cohort.id: frozen_rule(cohort) for cohort in cohorts}
    record = read_record(cohorts, viewer)
    certificates = _newest_certificates(ids)
    candidates = []
    for membership in _memberships(ids):
        person = Participant.of(membership)
        conditions = compare(person, rules[person.cohort_id], record)
        candidate = Candidate(
            membership,
            [condition for condition in conditions if not condition.is_met],
            certificates.get((membership.user_id, person.cohort_id)),
        )
        if membership.is_active or candidate.certificate or candidate.is_ready:
            candidates.append(candidate)
    return candidates


def by_team(candidates: Iterable[Candidate]) -> list[TeamCandidates]:
    """Group people who are sorted by team; teams with somebody ready come first."""
    teams = [
        TeamCandidates(team, list(people))
        for team, people in groupby(candidates, key=lambda person: person.team)
    ]
    return sorted(teams, key=lambda team: not team.ready)


def _memberships(cohort_ids: Sequence[int]) -> list[Membership]:
    """Return one membership a person and cohort: the present one, else the last."""
    rows = db.session.scalars(
        sa.select(Membership)
        .join(Membership.team)
        .join(Team.school)
        .join(Membership.user)
        .where(Team.cohort_id.in_(cohort_ids))
        .order_by(Membership.left_at.is_(None), Membership.joined_at)
        .options(
            contains_eager(Membership.user),
            contains_eager(Membership.team).contains_eager(Team.school),
        )
    )
    last = {(row.user_id, row.team.cohort_id): row for row in rows}
    return sorted(last.values(), key=_by_school_and_name)


def _by_school_and_name(membership: Membership) -> tuple[str, str, int, str]:
    team = membership.team
    name = membership.user.full_name
    return (team.school.name, team.name, team.id, fold(name))


def _newest_certificates(
    cohort_ids: Sequence[int],
) -> dict[tuple[int, int], Certificate]:
    rows = db.session.scalars(
        sa.select(Certificate)
        .where(Certificate.cohort_id.in_(cohort_ids))
        .order_by(Certificate.id)
    )
    return {(row.user_id, row.cohort_id): row for row in rows}
