"""How far the invitations of a cohort have come: waiting, sent, failed, accepted."""

import enum
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.jobs import Job
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Membership, Team


class Progress(enum.Enum):
    """Where an invitation is. The value is what people read."""

    FAILED = "письмо не ушло"
    WAITING = "письмо в очереди"
    SENT = "письмо отправлено"
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
HAS_FAILED = _LETTER_WAITS.where(Job.error != "")
STATE: sa.ColumnElement[str] = sa.case(
    (HAS_COME, Progress.ACCEPTED.name),
    (WAS_SENT, Progress.SENT.name),
    (HAS_FAILED, Progress.FAILED.name),
    else_=Progress.WAITING.name,
)


@dataclass(frozen=True)
class Row:
    """A newcomer and where the invitation is."""

    newcomer: Newcomer
    progress: Progress

    @property
    def can_be_reminded(self) -> bool:
        return self.progress in {Progress.SENT, Progress.FAILED}


def newcomers_of(cohort: Cohort) -> sa.Select[Newcomer]:
    """Everybody who is or was expected in a cohort, but for the withdrawn."""
    return sa.select(Newcomer).where(
        Newcomer.team.has(Team.cohort_id == cohort.id),
        Newcomer.withdrawn_at.is_(None),
    )


def listed(cohort: Cohort, progress: Progress | None) -> sa.Select[Newcomer]:
    """The newcomers of a cohort, or those of one state, team by team."""
    query = newcomers_of(cohort).join(Newcomer.team)
    if progress:
        query = query.where(sa.literal(progress.name) == STATE)
    return query.order_by(Team.name, Team.id, Newcomer.full_name, Newcomer.id).options(
        joinedload(Newcomer.team).joinedload(Team.school)
    )


def rows_of(newcomers: list[Newcomer]) -> list[Row]:
    """Return where the invitations are; one statement."""
    ids = [newcomer.id for newcomer in newcomers]
    found = db.session.execute(
        sa.select(Newcomer.id, STATE).where(Newcomer.id.in_(ids))
    )
    states = {newcomer_id: Progress[name] for newcomer_id, name in found}
    return [Row(newcomer, states[newcomer.id]) for newcomer in newcomers]


def count_progress(cohort: Cohort) -> dict[Progress, int]:
    """Tell how many invitations of a cohort are where; one statement."""
    states = newcomers_of(cohort).with_only_columns(STATE.label("state")).subquery()
    found = db.session.execute(
        sa.select(states.c.state, sa.func.count()).group_by(states.c.state)
    )
    counted: dict[str, int] = {}
    counted.update((name, count) for name, count in found)
    return {progress: counted.get(progress.name, 0) for progress in Progress}
