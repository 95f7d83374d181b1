"""Who is called to which meeting."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.schools.meetings.models import Meeting
from lms.schools.meetings.permissions import is_called
from lms.schools.teams.models import Team
from lms.schools.territories.models import SchoolTerritory, Territory


def meetings_of(team: Team) -> list[Meeting]:
    """Return the meetings to which a team comes, cancelled ones too."""
    return list(db.session.scalars(_team_meetings(team)))


def next_meeting(team: Team) -> Meeting | None:
    """Return the meeting that comes next or goes on now."""
    soon = _team_meetings(team).where(Meeting.cancelled_at.is_(None))
    # The longest meeting is shorter than a day.
    recent = soon.where(Meeting.starts_at > utcnow() - timedelta(days=1))
    return next((m for m in db.session.scalars(recent) if not m.is_over), None)


def _team_meetings(team: Team) -> sa.Select[Meeting]:
    return (
        sa.select(Meeting)
        .where(Meeting.cohort_id == team.cohort_id)
        .where(sa.or_(Meeting.team_id.is_(None), Meeting.team_id == team.id))
        .where(is_called([team.school_id]))
        .order_by(Meeting.starts_at, Meeting.id)
        .options(joinedload(Meeting.cohort))
    )


def teams_in(cohorts: Sequence[Cohort]) -> Sequence[Team]:
    """Return the teams of some cohorts, with their schools."""
    here = Team.cohort_id.in_([cohort.id for cohort in cohorts])
    return db.session.scalars(
        sa.select(Team)
        .where(here)
        .order_by(Team.name, Team.id)
        .options(joinedload(Team.school))
    ).all()


def territories_in(cohorts: Sequence[Cohort]) -> Sequence[Territory]:
    """Return the territories of the schools of some cohorts, with those around them."""
    schools = sa.select(Team.school_id).where(
        Team.cohort_id.in_([cohort.id for cohort in cohorts])
    )
    here = sa.select(SchoolTerritory.territory_id).where(
        SchoolTerritory.school_id.in_(schools), SchoolTerritory.until.is_(None)
    )
    around = here.cte("around", recursive=True)
    up = sa.select(Territory.parent_id).join(around, Territory.id == around.c[0])
    around = around.union(up.where(Territory.parent_id.is_not(None)))
    named = sa.select(Territory).where(Territory.id.in_(sa.select(around.c[0])))
    merged = Territory.merged_at.is_(None)
    return db.session.scalars(
        named.where(merged).order_by(Territory.name, Territory.id)
    ).all()
