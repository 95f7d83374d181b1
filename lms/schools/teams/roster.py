"""Who is in many teams at once: a few statements, however many teams."""

import enum
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.extensions import db
from lms.core.search import mentions
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
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


def search_teams(
    teams: sa.Select[Team], *, words: str, cohort_id: int | None
) -> sa.Select[Team]:
    """Narrow a list of teams to a cohort, and to those that every word is about."""
    query = (
        teams.join(Team.school)
        .order_by(School.municipality, School.name, Team.name, Team.id)
        .options(
            contains_eager(Team.school), joinedload(Team.cohort), joinedload(Team.tutor)
        )
    )
    if cohort_id:
        query = query.where(Team.cohort_id == cohort_id)
    for word in words.split():
        by_name = mentions(word, Team.name, School.name, School.municipality)
        member = Membership.user.has(mentions(word, User.full_name))
        query = query.where(sa.or_(by_name, Team.memberships.any(member)))
    return query


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


def search_schools(words: str) -> sa.Select[School]:
    """Return the schools that every word is about, all of them without words."""
    found = mentions(words, School.name, School.municipality)
    return sa.select(School).where(found).order_by(School.municipality, School.name)


def all_schools() -> list[School]:
    """Return every school, as a list to choose from."""
    return list(db.session.scalars(search_schools("")))


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
        sa.select(
            Team.cohort_id,
            sa.func.count(Team.id.distinct()),
            sa.func.count(Membership.id),
        )
        .outerjoin(
            Membership,
            sa.and_(Membership.team_id == Team.id, Membership.left_at.is_(None)),
        )
        .where(Team.cohort_id.in_(ids))
        .group_by(Team.cohort_id)
    )
    found = {cohort_id: Counts(teams, members) for cohort_id, teams, members in rows}
    return {cohort_id: found.get(cohort_id, Counts(0, 0)) for cohort_id in ids}


def counted(cohorts: sa.Select[Cohort]) -> list[tuple[Cohort, Counts]]:
    """Return some cohorts, each with how many teams and people; one statement."""
    here = Team.cohort_id == Cohort.id
    teams = sa.select(sa.func.count(Team.id)).where(here)
    members = sa.select(sa.func.count(Membership.id)).join(Membership.team)
    now = members.where(here, Membership.left_at.is_(None))
    numbers = (query.correlate(Cohort).scalar_subquery() for query in (teams, now))
    rows = db.session.execute(cohorts.add_columns(*numbers))
    return [(cohort, Counts(*counts)) for cohort, *counts in rows]


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
