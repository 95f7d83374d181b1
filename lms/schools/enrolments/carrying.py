"""Carrying out a plan: schools, teams, invitations, changes and removals."""

import secrets
from collections.abc import Collection

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.schools.enrolments.entries import Entry
from lms.schools.enrolments.plan import Plan
from lms.schools.enrolments.verdicts import Verdict
from lms.schools.invitations.services import DAYS, end_of_term
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Membership, School, Team
from lms.schools.territories.services import place_new


def carry_out(
    plan: Plan, cohort: Cohort, *, remove: Collection[str], actor: User
) -> None:
    """Do what the plan says in the caller's transaction."""
    _remove([person.key for person in plan.absent if person.key in remove])
    teams = _settle_teams(plan, cohort, actor)
    _hand_over(plan, teams)
    for found, entry in plan.accepted:
        if found.membership:
            _change_member(found.membership, entry)
        elif found.newcomer:
            _change_newcomer(found.newcomer, entry, teams[entry.team_key])
    for key, tutor in plan.tutors.items():
        teams[key].tutor = tutor
    db.session.flush()
    _expect(plan, teams, actor)


def _remove(keys: Collection[str]) -> None:
    """End memberships and withdraw invitations; the rows stay as history."""
    now, chosen = utcnow(), [key.partition("-") for key in keys]
    members = [int(number) for kind, _, number in chosen if kind == "member"]
    invited = [int(number) for kind, _, number in chosen if kind == "newcomer"]
    db.session.execute(
        sa.update(Membership)
        .where(Membership.id.in_(members), Membership.left_at.is_(None))
        .values(left_at=now)
    )
    db.session.execute(
        sa.update(Newcomer)
        .where(Newcomer.id.in_(invited), Newcomer.expected())
        .values(withdrawn_at=now)
    )


def _settle_teams(plan: Plan, cohort: Cohort, actor: User) -> dict[str, Team]:
    """Make the schools and teams that are missing; return all teams of the list."""
    schools = plan.known.schools | {
        key: School(
            name=entry.school, municipality=entry.municipality, region=entry.region
        )
        for key, entry in plan.new_schools.items()
    }
    teams = plan.known.teams | {
        key: Team(school=schools[entry.school_key], cohort=cohort, name=entry.team)
        for key, entry in plan.new_teams.items()
    }
    db.session.add_all(teams[key] for key in plan.new_teams)
    db.session.flush()
    place_new([schools[key] for key in plan.new_schools], actor=actor)
    return teams


def _hand_over(plan: Plan, teams: dict[str, Team]) -> None:
    """Make room for the captains whom the list names: a team has one at a time."""
    named = [(found, entry) for found, entry in plan.accepted if entry.is_captain]
    led = [teams[entry.team_key].id for _, entry in named]
    handed = [found.membership.team_id for found, _ in named if found.membership]
    db.session.execute(
        sa.update(Newcomer)
        .where(Newcomer.team_id.in_(led), Newcomer.is_captain, Newcomer.expected())
        .values(is_captain=False)
    )
    db.session.execute(
        sa.update(Membership)
        .where(Membership.team_id.in_(handed), Membership.is_captain)
        .where(Membership.left_at.is_(None))
        .values(is_captain=False)
    )


def _change_member(membership: Membership, entry: Entry) -> None:
    membership.position = entry.position
    if entry.is_captain:
        membership.is_captain = True


def _change_newcomer(newcomer: Newcomer, entry: Entry, team: Team) -> None:
    newcomer.team = team
    newcomer.full_name = entry.full_name
    newcomer.position = entry.position
    newcomer.is_captain = entry.is_captain


def _expect(plan: Plan, teams: dict[str, Team], actor: User) -> None:
    """Expect everybody who is new; one statement, however many they are."""
    expires_at = end_of_term(DAYS)
    rows = [
        {
            "team_id": teams[entry.team_key].id,
            "email": entry.email,
            "full_name": entry.full_name,
            "position": entry.position,
            "is_captain": entry.is_captain,
            "token": secrets.token_urlsafe(32),
            "invited_by_id": actor.id,
            "expires_at": expires_at,
        }
        for found, entry in plan.accepted
        if found.verdict is Verdict.NEW
    ]
    if rows:
        db.session.execute(sa.insert(Newcomer), rows)
