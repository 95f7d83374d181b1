"""The teams that are stuck, counted without looking at one of them.

A row is kept for each (`StuckTeam`): what a person or a team does has the row made
anew by a job, and every night all of them are compared with what the matrix shows.
"""

import logging
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import enqueue, every_day, job
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.permissions import in_run_cohort
from lms.course.cohorts.signals import calendar_changed
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.overview.progress.matrix import matrix_of
from lms.overview.progress.models import StuckTeam
from lms.review.reviews.permissions import works_to_read_blind
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import in_coordinated_team
from lms.schools.teams.signals import roster_changed
from lms.schools.territories.permissions import is_coordinated
from lms.work.submissions.models import Attempt, Submission
from lms.work.submissions.signals import attempt_sent

logger = logging.getLogger(__name__)

COHORT, TEAM = "stuck_cohort", "stuck_team"
# Rows are made so far ahead that no night which is left out leaves a gap.
AHEAD = timedelta(days=3)


class StuckCohort(NamedTuple):
    """A cohort with stuck teams, and how many there are."""

    cohort_id: int
    name: str
    teams: int


def stuck_cohorts(viewer: User, limit: int | None = None) -> list[StuckCohort]:
    """Return the cohorts in which teams that a person follows are stuck, newest first.

    A team of whose works this tutor may have to read one blind counts later.
    """
    counts = (
        sa.select(StuckTeam.cohort_id, sa.func.count().label("teams"))
        .where(
            sa.or_(
                in_run_cohort(viewer, StuckTeam.cohort_id),
                in_coordinated_team(viewer, StuckTeam.team_id),
            )
        )
        .where(StuckTeam.from_at <= utcnow())
        .where(StuckTeam.team_id.not_in(_secret_teams(viewer)))
        .group_by(StuckTeam.cohort_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Cohort.id, Cohort.name, counts.c.teams)
        .join(counts, counts.c.cohort_id == Cohort.id)
        .where(Cohort.state == CohortState.OPEN)
        .order_by(Cohort.starts_on.desc(), Cohort.id)
        .limit(limit)
    )
    return [StuckCohort(*row) for row in rows]


def count_stuck_schools(viewer: User) -> sa.Select[int]:
    """Count the schools with stuck teams that a person coordinates."""
    return (
        sa.select(sa.func.count(sa.distinct(Team.school_id)))
        .join(StuckTeam, StuckTeam.team_id == Team.id)
        .join(Cohort, Cohort.id == Team.cohort_id)
        .where(is_coordinated(viewer, Team.school_id), StuckTeam.from_at <= utcnow())
        .where(Cohort.state == CohortState.OPEN)
        .where(StuckTeam.team_id.not_in(_secret_teams(viewer)))
    )


def recount(cohort: Cohort, *, team_id: int | None = None) -> set[int]:
    """Make the rows of a cohort anew, or that of one team; the caller commits.

    Return the ids of the teams whose row was wrong: they were counted as stuck and
    are not, or the other way round.
    """
    matrix = matrix_of(cohort, team_id=team_id, until=utcnow() + AHEAD)
    now = utcnow()
    found = {row.team.id: row.stuck_from for row in matrix.stuck}
    which = [StuckTeam.cohort_id == cohort.id]
    which += [StuckTeam.team_id == team_id] if team_id else []
    kept = {
        row.team_id: row
        for row in db.session.scalars(sa.select(StuckTeam).where(*which))
    }
    was = {team for team, row in kept.items() if row.from_at <= now}
    for team in kept.keys() - found:
        db.session.delete(kept[team])
    for team, from_at in found.items():
        row = kept.get(team) or StuckTeam(team_id=team, cohort_id=cohort.id)
        row.from_at, row.counted_at = from_at, now
        db.session.add(row)
    return was ^ {team for team, from_at in found.items() if from_at <= now}


def recount_all() -> dict[str, int]:
    """Make all rows anew; return how many were wrong in which cohort."""
    return {cohort.name: len(_mend(cohort)) for cohort in db.session.scalars(_open())}


@every_day("stuck_teams", "Сверка застрявших команд", hour=0)
def look_over(request: dict[str, Any]) -> None:
    """Have every cohort under way compared with what its matrix shows."""
    for cohort_id in db.session.scalars(_open().with_only_columns(Cohort.id)).all():
        _ask(cohort_id, key=request["day"])


@job(COHORT, "Сверка застрявших команд потока", last=True)
def look_over_cohort(request: dict[str, Any]) -> None:
    """Mend what is kept of a cohort; the log names what was wrong."""
    _mend(db.session.get_one(Cohort, request["cohort_id"]))


@job(TEAM, "Подсчёт: застряла ли команда", last=True)
def look_over_team(request: dict[str, Any]) -> None:
    """Make the row of one team anew, after somebody did something."""
    team = db.session.get_one(Team, request["team_id"])
    recount(team.cohort, team_id=team.id)
    db.session.commit()


@person_acted.connect
def follow_action(person: User) -> None:
    """Have the rows of somebody's teams made anew, those that have one.

    The key is the row as it is now: however much is written before the job is done,
    there is one job.
    """
    kept = db.session.execute(
        sa.select(StuckTeam.team_id, StuckTeam.counted_at)
        .join(Membership, Membership.team_id == StuckTeam.team_id)
        .where(Membership.user_id == person.id, Membership.left_at.is_(None))
        .order_by(StuckTeam.team_id)
    ).all()
    for team_id, counted_at in kept:
        _ask_about_team(team_id, counted_at)


@attempt_sent.connect
def follow_attempt(attempt: Attempt) -> None:
    """Do the same when a work is sent."""
    follow_action(attempt.sent_by)


@roster_changed.connect
def follow_roster(team_id: int) -> None:
    """Have the row of a team made anew: it may have lost or found its captain."""
    _ask_about_team(team_id, utcnow())


@calendar_changed.connect
def follow_days(cohort: Cohort, **_days: Any) -> None:
    """Have the rows of a cohort made anew when its days move."""
    _ask(cohort.id, key=utcnow().isoformat())


def _open() -> sa.Select[Cohort]:
    under_way = sa.select(Cohort).where(Cohort.state == CohortState.OPEN)
    return under_way.order_by(Cohort.id)


def _mend(cohort: Cohort) -> set[int]:
    wrong = recount(cohort)
    db.session.commit()
    if wrong:
        teams = sorted(wrong)
        logger.warning("cohort %s: stuck teams mended: %s", cohort.id, teams)
    return wrong


def _ask(cohort_id: int, *, key: str) -> None:
    payload = {"cohort_id": cohort_id}
    enqueue(COHORT, payload, key=f"{COHORT}:{cohort_id}:{key}", bulk=True)


def _ask_about_team(team_id: int, since: datetime) -> None:
    key = f"{TEAM}:{team_id}:{since.isoformat()}"
    enqueue(TEAM, {"team_id": team_id}, key=key)


def _secret_teams(viewer: User) -> sa.CompoundSelect[int | None]:
    """Return the teams with a work that a viewer may have to read blind."""
    works = works_to_read_blind(viewer).cte()
    is_secret = Submission.id.in_(sa.select(works.c[0]))
    shared = sa.select(Submission.team_id).where(
        is_secret, Submission.team_id.is_not(None)
    )
    alone = sa.select(Membership.team_id).join(
        Submission, Submission.user_id == Membership.user_id
    )
    return shared.union(alone.where(is_secret))
