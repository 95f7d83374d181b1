"""Who is in many teams at once: a few statements, however many teams."""

import enum
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.schools.teams.models import Membership, School, Team


class Counts(NamedTuple):
    """How many teams there are, and how many people in them."""

    teams: int
    members: int


class TeamState(enum.Enum):
    """How a team stands with its people. The value is what people read."""

    AWAITED = "ждём людей"
    HEADLESS = "нет капитана"
    COMPLETE = "в сборе"


@dataclass(frozen=True)
class RosterEntry:
    """A team with those who are in it now."""

    team: Team
    members: list[Membership]

    @property
    def captain(self) -> Membership | None:
        return next((m for m in self.members if m.is_captain), None)

    @property
    def is_awaited(self) -> bool:
        """Tell a team whose people have not come yet, or have all left."""
        return not self.members

    @property
    def state(self) -> TeamState:
        if self.is_awaited:
            return TeamState.AWAITED
        return TeamState.COMPLETE if self.captain else TeamState.HEADLESS

    @property
    def can_be_reached(self) -> bool:
        """Tell whether a letter to the team would have a reader."""
        return any(m.user.closed_at is None for m in self.members)


def in_state(teams: sa.Select[Team], state: TeamState) -> sa.Select[Team]:
    """Narrow a list of teams to those whose people stand so."""
    is_active = Membership.left_at.is_(None)
    come = Team.memberships.any(is_active)
    led = Team.memberships.any(sa.and_(is_active, Membership.is_captain))
    conditions = {
        TeamState.AWAITED: ~come,
        TeamState.HEADLESS: sa.and_(come, ~led),
        TeamState.COMPLETE: led,
    }
    return teams.where(conditions[state])


def tutors_by_team(teams: sa.Select[Team]) -> dict[int, int | None]:
    """Return the ids of the tutors of a list of teams; one statement."""
    pairs = teams.with_only_columns(Team.id, Team.tutor_id).order_by(None)
    tutors: dict[int, int | None] = {}
    tutors.update(
        (team_id, tutor_id) for team_id, tutor_id in db.session.execute(pairs)
    )
    return tutors


def teams_of(cohort: Cohort, limit: int | None = None) -> list[Team]:
    """Return the teams of a cohort by school and name, or the first of them."""
    return list(
        db.session.scalars(
            sa.select(Team)
            .join(Team.school)
            .where(Team.cohort_id == cohort.id)
            .order_by(School.municipality, School.name, Team.name, Team.id)
            .limit(limit)
            .options(joinedload(Team.school), joinedload(Team.tutor))
        )
    )


def roster_of(teams: Sequence[Team]) -> list[RosterEntry]:
    """Return the teams with their members; one statement."""
    ids = [team.id for team in teams]
    members = defaultdict(list)
    for membership in db.session.scalars(
        sa.select(Membership)
        .where(Membership.team_id.in_(ids), Membership.left_at.is_(None))
        .order_by(Membership.is_captain.desc(), Membership.joined_at, Membership.id)
        .options(joinedload(Membership.user))
    ):
        members[membership.team_id].append(membership)
    return [RosterEntry(team, members[team.id]) for team in teams]


def memberships_of(team: Team) -> list[Membership]:
    """Return who is and who was in a team: the captain, the others, the past."""
    return list(
        db.session.scalars(
            sa.select(Membership)
            .where(Membership.team_id == team.id)
            .order_by(
                Membership.left_at.is_not(None),
                Membership.is_captain.desc(),
                Membership.joined_at,
                Membership.id,
            )
            .options(joinedload(Membership.user))
        )
    )


def count_teams(cohorts: Iterable[Cohort]) -> dict[int, Counts]:
    """Return how many teams and people each cohort has; one statement."""
    ids = [cohort.id for cohort in cohorts]
    rows = db.session.execute(
        sa.select(Cohort.id, *_counts()).where(Cohort.id.in_(ids))
    )
    return {cohort_id: Counts(*counts) for cohort_id, *counts in rows}


def counted(cohorts: sa.Select[Cohort]) -> list[tuple[Cohort, Counts]]:
    """Return some cohorts, each with how many teams and people; one statement."""
    rows = db.session.execute(cohorts.add_columns(*_counts()))
    return [(cohort, Counts(*counts)) for cohort, *counts in rows]


def _counts() -> list[sa.ScalarSelect[int]]:
    """Count the teams and the people of a cohort by indexes, with no look at a row."""
    here = Team.cohort_id == Cohort.id
    teams = sa.select(sa.func.count()).select_from(Team).where(here)
    members = sa.select(sa.func.count()).select_from(Membership).join(Membership.team)
    members = members.where(here, Membership.left_at.is_(None))
    return [query.correlate(Cohort).scalar_subquery() for query in (teams, members)]


def teams_by_school(schools: Iterable[School]) -> dict[int, list[Team]]:
    """Return the teams of each school, the newest cohort first; one statement."""
    teams = defaultdict(list)
    ids = [school.id for school in schools]
    for team in db.session.scalars(
        sa.select(Team)
        .join(Team.cohort)
        .where(Team.school_id.in_(ids))
        .order_by(Cohort.starts_on.desc(), Team.name)
        .options(contains_eager(Team.cohort))
    ):
        teams[team.school_id].append(team)
    return teams
