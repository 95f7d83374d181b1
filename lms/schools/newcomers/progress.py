"""How far the invitations of a cohort have come: waiting, sent, failed, accepted."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import Delivery, Job
from lms.core.keyset import Listing
from lms.core.language import NBSP, plural
from lms.core.search import mentions, search_for
from lms.course.cohorts.models import Cohort, CohortState
from lms.identity.accounts.models import User
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Membership, School, Team

# A captain may write to the same person again after so long.
PAUSE = timedelta(days=1)
PAGE = 50
# What is searched for is no longer.
MAX_WORDS = 200


class Progress(enum.Enum):
    """Where an invitation is. The value is what people read."""

    FAILED = "письмо не ушло"
    WAITING = "письмо в очереди"
    KEPT = "не ушло: почта не настроена"
    SENT = "письмо ушло"
    ACCEPTED = "в команде"


# Somebody may have come by the link of the whole team instead.
_IN_THE_TEAM = (
    sa.exists()
    .where(
        Membership.team_id == Newcomer.team_id,
        Membership.user_id == User.id,
        Membership.left_at.is_(None),
        User.email == Newcomer.email,
    )
    .correlate(Newcomer)
)
_LETTER_WAITS = (
    sa.exists()
    .where(Job.key == Newcomer.letter_key, Job.done_at.is_(None))
    .correlate(Newcomer)
)
HAS_COME = sa.or_(Newcomer.accepted_at.is_not(None), _IN_THE_TEAM)
WAS_SENT = sa.and_(Newcomer.letter_key.is_not(None), ~_LETTER_WAITS)
WAS_KEPT = (
    sa.exists()
    .where(Job.key == Newcomer.letter_key, Job.delivery == Delivery.KEPT)
    .correlate(Newcomer)
)
HAS_FAILED = _LETTER_WAITS.where(Job.error != "")
STATE: sa.ColumnElement[str] = sa.case(
    (HAS_COME, Progress.ACCEPTED.name),
    (WAS_KEPT, Progress.KEPT.name),
    (WAS_SENT, Progress.SENT.name),
    (HAS_FAILED, Progress.FAILED.name),
    else_=Progress.WAITING.name,
)


class Arrivals(NamedTuple):
    """How many people were invited by name, and how many of them have come."""

    invited: int
    come: int

    @property
    def sentence(self) -> str:
        """«5 приглашены, вошёл 1»."""
        invited = plural(self.invited, "приглашён", "приглашены", "приглашены")
        if not self.come:
            return f"{invited}, никто ещё не вошёл"
        if self.come == self.invited:
            return f"{invited}, все вошли"
        verb = plural(self.come, "вошёл", "вошли", "вошли").split(NBSP)[1]
        return f"{invited}, {verb} {self.come}"


@dataclass(frozen=True)
class Row:
    """A newcomer and where the invitation is."""

    newcomer: Newcomer
    progress: Progress
    # Whether the last letter went out so lately that another one would be too much.
    is_fresh: bool = False

    @property
    def can_be_reminded(self) -> bool:
        return self.progress in {Progress.SENT, Progress.KEPT, Progress.FAILED}


def newcomers_of(cohort: Cohort) -> sa.Select[Newcomer]:
    """Everybody who is or was expected in a cohort, but for the withdrawn."""
    return sa.select(Newcomer).where(
        Newcomer.team.has(Team.cohort_id == cohort.id),
        Newcomer.withdrawn_at.is_(None),
    )


def listed(
    cohort: Cohort, progress: Progress | None, words: str = ""
) -> sa.Select[Newcomer]:
    """The newcomers of a cohort, of one state or named by words, team by team."""
    named = Newcomer.full_name, Newcomer.email, Team.name, School.name
    query = newcomers_of(cohort).join(Newcomer.team).join(Team.school)
    query = query.where(mentions(words, *named))
    if progress:
        query = query.where(sa.literal(progress.name) == STATE)
    return query.order_by(Team.name, Team.id, Newcomer.full_name, Newcomer.id).options(
        joinedload(Newcomer.team).joinedload(Team.school)
    )


def rows_of(newcomers: list[Newcomer]) -> list[Row]:
    """Return where the invitations are; one statement."""
    ids = [newcomer.id for newcomer in newcomers]
    found = db.session.execute(
        sa.select(Newcomer.id, STATE, was_sent_since(utcnow() - PAUSE)).where(
            Newcomer.id.in_(ids)
        )
    )
    states = {
        newcomer_id: (Progress[name], is_fresh) for newcomer_id, name, is_fresh in found
    }
    return [Row(newcomer, *states[newcomer.id]) for newcomer in newcomers]


def was_sent_since(moment: datetime) -> sa.ColumnElement[bool]:
    """Tell whether the last letter of a newcomer went out after a moment."""
    return (
        sa.exists()
        .where(Job.key == Newcomer.letter_key, Job.done_at > moment)
        .correlate(Newcomer)
    )


def awaited_in(team: Team) -> list[Row]:
    """Return who is invited into a team and has not come, the captain first."""
    newcomers = db.session.scalars(
        sa.select(Newcomer)
        .where(Newcomer.team_id == team.id, Newcomer.expected(), ~HAS_COME)
        .order_by(Newcomer.is_captain.desc(), Newcomer.full_name, Newcomer.id)
    )
    expected = list(newcomers)
    return rows_of(expected) if expected else []


def awaited(words: str) -> Listing[Newcomer]:
    """Everybody who is expected in a cohort that has not ended, found by words."""
    ended = Cohort.state == CohortState.CLOSED
    people = (
        sa.select(Newcomer)
        .where(Newcomer.expected(), ~HAS_COME)
        .where(~Newcomer.team.has(Team.cohort.has(ended)))
        .options(
            joinedload(Newcomer.team).options(
                joinedload(Team.school), joinedload(Team.cohort)
            )
        )
    )
    return Listing(
        people,
        (Newcomer.full_name, Newcomer.id),
        PAGE,
        search=search_for(words, Newcomer.full_name, Newcomer.email),
    )


def is_anybody_awaited(words: str) -> bool:
    """Tell whether there is anybody such; how many are, is not counted."""
    return awaited(words).has_any()


def arrivals_of(teams: Iterable[Team]) -> dict[int, Arrivals]:
    """Return who was invited and who has come, of teams that invited; one statement."""
    come = sa.func.sum(sa.case((HAS_COME, 1), else_=0))
    found = db.session.execute(
        sa.select(Newcomer.team_id, sa.func.count(), come)
        .where(Newcomer.team_id.in_([team.id for team in teams]))
        .where(Newcomer.withdrawn_at.is_(None))
        .group_by(Newcomer.team_id)
    )
    return {team_id: Arrivals(invited, came) for team_id, invited, came in found}


def arrivals_in(cohort: Cohort) -> Arrivals:
    """Return how many were invited into the teams of a cohort; one statement."""
    counts = count_progress(cohort)
    return Arrivals(sum(counts.values()), counts[Progress.ACCEPTED])


def count_progress(cohort: Cohort) -> dict[Progress, int]:
    """Tell how many invitations of a cohort are where; one statement."""
    states = newcomers_of(cohort).with_only_columns(STATE.label("state")).subquery()
    found = db.session.execute(
        sa.select(states.c.state, sa.func.count()).group_by(states.c.state)
    )
    counted: dict[str, int] = {}
    counted.update((name, count) for name, count in found)
    return {progress: counted.get(progress.name, 0) for progress in Progress}
