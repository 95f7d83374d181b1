"""Who in which team is how far from the certificate; six statements for any number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.extensions import db
from lms.core.search import fold
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.rule import frozen_rule
from lms.identity.accounts.models import User
from lms.outcomes.certificates.condition import Condition
from lms.outcomes.certificates.conditions import compare, read_record
from lms.outcomes.certificates.models import Certificate
from lms.schools.teams.models import Membership, Team
from lms.work.credits.gradebook import Participant, people_of


@dataclass(frozen=True)
class Candidate:
    """A member: every condition, and the newest certificate if there is any."""

    membership: Membership
    conditions: list[Condition]
    certificate: Certificate | None

    @property
    def user(self) -> User:
        return self.membership.user

    @property
    def team(self) -> Team:
        return self.membership.team

    @cached_property
    def unmet(self) -> list[Condition]:
        return [condition for condition in self.conditions if not condition.is_met]

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


def candidates_of(
    cohorts: Sequence[Cohort], viewer: User, *, team_id: int | None = None
) -> list[Candidate]:
    """Return all in cohorts, or in a team, as a viewer may know them, by team and name.

    Whoever has left is there only with everything done or with a certificate.
    """
    ids = [cohort.id for cohort in cohorts]
    rules = {cohort.id: frozen_rule(cohort) for cohort in cohorts}
    record = read_record(cohorts, viewer, team_id=team_id)
    certificates = _newest_certificates(ids, team_id)
    candidates = []
    for membership in _memberships(ids, team_id):
        person = Participant.of(membership)
        conditions = compare(person, rules[person.cohort_id], record)
        candidate = Candidate(
            membership,
            conditions,
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


def _memberships(cohort_ids: Sequence[int], team_id: int | None) -> list[Membership]:
    """Return one membership a person and cohort: the present one, else the last."""
    only = Team.id == team_id if team_id else sa.true()
    rows = db.session.scalars(
        sa.select(Membership)
        .join(Membership.team)
        .join(Team.school)
        .join(Membership.user)
        .where(Team.cohort_id.in_(cohort_ids), only)
        .order_by(Membership.left_at.is_(None), Membership.joined_at)
        .options(
            contains_eager(Membership.user),
            contains_eager(Membership.team).options(
                contains_eager(Team.school), joinedload(Team.tutor)
            ),
        )
    )
    last = {(row.user_id, row.team.cohort_id): row for row in rows}
    return sorted(last.values(), key=_by_school_and_name)


def _by_school_and_name(membership: Membership) -> tuple[str, str, int, str]:
    team = membership.team
    name = membership.user.full_name
    return (team.school.name, team.name, team.id, fold(name))


def _newest_certificates(
    cohort_ids: Sequence[int], team_id: int | None
) -> dict[tuple[int, int], Certificate]:
    only = Certificate.user_id.in_(people_of(team_id)) if team_id else sa.true()
    rows = db.session.scalars(
        sa.select(Certificate)
        .where(Certificate.cohort_id.in_(cohort_ids), only)
        .order_by(Certificate.id)
    )
    return {(row.user_id, row.cohort_id): row for row in rows}
