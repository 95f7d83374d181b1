"""What the people of some cohorts have written, and what was credited to them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import course_day
from lms.schools.teams.models import Membership, Team
from lms.work.credits.models import Credit
from lms.work.credits.state import State
from lms.work.submissions.models import Status, Submission


class Participant(NamedTuple):
    """Somebody in a team of a cohort, or the team itself."""

    cohort_id: int
    team_id: int
    user_id: int | None
    # None: nobody has come to the team yet.
    joined_on: date | None

    @classmethod
    def of(cls, membership: Membership) -> "Participant":
        """Return a person; the team and its cohort are those of the membership."""
        team, joined_on = membership.team, course_day(membership.joined_at)
        return cls(team.cohort_id, team.id, membership.user_id, joined_on)

    @classmethod
    def of_team(cls, team: Team) -> "Participant":
        """Return a team; it is there since its first person came."""
        first = team.first_joined_at
        return cls(team.cohort_id, team.id, None, course_day(first) if first else None)


class Work(NamedTuple):
    """The work of a team or of a person, as far as its state goes."""

    id: int
    status: Status
    due_on: date | None
    sent_at: datetime | None
    # Whose it is, where everybody writes alone.
    user_id: int | None
    # It came back, and the team has asked another tutor to look again.
    is_disputed: bool
    # What was decided is kept from the one who looks: a second reader, maybe.
    is_secret: bool

    @property
    def state(self) -> State:
        if self.is_secret:
            return State.SECOND
        return State.DISPUTED if self.is_disputed else State[self.status.name]


Works = dict[tuple[int, int | None, int | None, int], Work]
Credits = dict[tuple[int, int | None, int], str]


@dataclass(frozen=True)
class Gradebook:
    """Works and credits, ready to be looked up."""

    works: Works
    # Why a tutor excused the person; empty where a work was accepted.
    credits: Credits

    def work(self, participant: Participant, module_id: int) -> Work | None:
        """Return the person's own work, or that of the team."""
        cohort_id, team_id, user_id, _ = participant
        own = (cohort_id, None, user_id, module_id)
        shared = (cohort_id, team_id, None, module_id)
        return self.works.get(own) or self.works.get(shared)

    def credit(self, participant: Participant, module_id: int) -> str | None:
        """Return None without a credit, else why the person was excused, if so."""
        return self.credits.get((participant.cohort_id, participant.user_id, module_id))


def columns_of_work(
    disputed: sa.ColumnElement[bool], secret: sa.ColumnElement[bool]
) -> list[Any]:
    """Name what a `Work` is made of, in its order."""
    facts = Submission.id, Submission.status, Submission.due_on, Submission.sent_at
    return [*facts, Submission.user_id, disputed, secret]


def read_gradebook(
    cohort_ids: Collection[int],
    *,
    disputed: sa.ColumnElement[bool],
    secret: sa.ColumnElement[bool] | None = None,
    only: Participant | None = None,
    team_id: int | None = None,
) -> Gradebook:
    """Read about everybody in some cohorts, a team or a person; two statements.

    `only` a team itself is without its people; `team_id` stands for all in it now.
    """
    return Gradebook(
        read_works(
            cohort_ids, disputed=disputed, secret=secret, only=only, team_id=team_id
        ),
        _read_credits(cohort_ids, only=only, team_id=team_id),
    )


def read_works(
    cohort_ids: Collection[int],
    *,
    disputed: sa.ColumnElement[bool],
    secret: sa.ColumnElement[bool] | None = None,
    only: Participant | None = None,
    team_id: int | None = None,
) -> Works:
    """Read the works alone; one statement."""
    query = sa.select(
        Submission.cohort_id,
        Submission.team_id,
        Submission.module_id,
        *columns_of_work(disputed, sa.false() if secret is None else secret),
    ).where(Submission.cohort_id.in_(cohort_ids))
    if only:
        owners = [Submission.team_id == only.team_id]
        if only.user_id:
            owners.append(Submission.user_id == only.user_id)
        query = query.where(sa.or_(*owners))
    if team_id:
        theirs = Submission.user_id.in_(people_of(team_id))
        query = query.where(sa.or_(Submission.team_id == team_id, theirs))
    works = {}
    for cohort_id, team_id, module_id, *facts in _rows(query):
        work = Work(*facts)
        works[cohort_id, team_id, work.user_id, module_id] = work
    return works


def people_of(team_id: int) -> sa.Select[int]:
    """Select the ids of the people who are in a team now."""
    active = Membership.team_id == team_id, Membership.left_at.is_(None)
    return sa.select(Membership.user_id).where(*active)


def _read_credits(
    cohort_ids: Collection[int], *, only: Participant | None, team_id: int | None
) -> Credits:
    """Read what was credited to people; a team by itself has no credits."""
    if only and only.user_id is None:
        return {}
    query = sa.select(
        Credit.cohort_id, Credit.user_id, Credit.module_id, Credit.reason
    ).where(Credit.cohort_id.in_(cohort_ids))
    if only:
        query = query.where(Credit.user_id == only.user_id)
    if team_id:
        query = query.where(Credit.user_id.in_(people_of(team_id)))
    return {
        (cohort_id, user_id, module_id): reason
        for cohort_id, user_id, module_id, reason in _rows(query)
    }


def _rows(query: sa.Executable) -> Any:
    return db.session.execute(query)
