"""What the site knows about the people of a list: a few statements for all of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.extensions import db
from lms.core.names import folded_name
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.schools.enrolments.places import Places, read_places
from lms.schools.enrolments.spellings import key_of, school_key
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Membership, School, Team

# Databases limit how many values one statement may name.
AT_ONCE = 1000


@dataclass(frozen=True)
class Snapshot:
    """Schools and teams by the key of their name, people by their address."""

    schools: dict[str, School]
    teams: dict[str, Team]
    people: dict[str, User]
    memberships: dict[str, Membership]
    newcomers: dict[str, Newcomer]
    # Where people of the list are in other cohorts.
    elsewhere: dict[str, Membership]
    places: Places

    @cached_property
    def captains(self) -> dict[int, Membership]:
        """Who leads a team now, by team."""
        members = self.memberships.values()
        return {member.team_id: member for member in members if member.is_captain}

    @cached_property
    def namesakes(self) -> dict[tuple[int, str], str]:
        """The address of who is in a team or expected there, by team and name."""
        expected, members = self.newcomers.values(), self.memberships.values()
        return {(n.team_id, folded_name(n.full_name)): n.email for n in expected} | {
            (m.team_id, folded_name(m.user.full_name)): m.user.email for m in members
        }


def take_snapshot(cohort: Cohort, emails: Collection[str]) -> Snapshot:
    """Load everything that a list may meet, in the cohort and beyond."""
    people: dict[str, User] = {}
    elsewhere: dict[str, Membership] = {}
    newcomers: dict[str, Newcomer] = {}
    in_cohort = Team.cohort_id == cohort.id
    for chosen in _parts(sorted(emails)):
        people |= {user.email: user for user in _users(chosen)}
        not_here = sa.and_(User.email.in_(chosen), Team.cohort_id != cohort.id)
        elsewhere |= _memberships(not_here)
        newcomers |= _newcomers(Newcomer.email.in_(chosen))
    return Snapshot(
        schools=_schools(),
        teams=_teams(in_cohort),
        people=people,
        memberships=_memberships(in_cohort),
        newcomers=newcomers | _newcomers(in_cohort),
        elsewhere=elsewhere,
        places=read_places(),
    )


def _parts(emails: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(emails), AT_ONCE):
        yield emails[start : start + AT_ONCE]


def _schools() -> dict[str, School]:
    # Of two schools that are written alike the older one wins.
    schools = db.session.scalars(sa.select(School).order_by(School.id.desc()))
    return {school_key(school.name, school.municipality): school for school in schools}


def _teams(condition: sa.ColumnElement[bool]) -> dict[str, Team]:
    query = sa.select(Team).where(condition).order_by(Team.id.desc())
    teams = db.session.scalars(
        query.options(joinedload(Team.school), joinedload(Team.tutor))
    )
    return {team_key(team): team for team in teams}


def team_key(team: Team) -> str:
    """Return the key under which a line of a list names this team."""
    school = school_key(team.school.name, team.school.municipality)
    return f"{school}/{key_of(team.name)}"


def _users(emails: list[str]) -> Collection[User]:
    return db.session.scalars(sa.select(User).where(User.email.in_(emails))).all()


def _memberships(condition: sa.ColumnElement[bool]) -> dict[str, Membership]:
    memberships = db.session.scalars(
        sa.select(Membership)
        .join(Membership.user)
        .join(Membership.team)
        .join(Team.school)
        .join(Team.cohort)
        .where(Membership.left_at.is_(None), condition)
        .order_by(Membership.chosen_at, Membership.id)
        .options(
            contains_eager(Membership.user),
            contains_eager(Membership.team).options(
                contains_eager(Team.school), contains_eager(Team.cohort)
            ),
        )
    )
    return {membership.user.email: membership for membership in memberships}


def _newcomers(condition: sa.ColumnElement[bool]) -> dict[str, Newcomer]:
    newcomers = db.session.scalars(
        sa.select(Newcomer)
        .join(Newcomer.team)
        .join(Team.school)
        .join(Team.cohort)
        .where(Newcomer.expected(), condition)
        .options(
            contains_eager(Newcomer.team).options(
                contains_eager(Team.school), contains_eager(Team.cohort)
            )
        )
    )
    return {newcomer.email: newcomer for newcomer in newcomers}
