"""To which meetings a team comes."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.schools.meetings.models import Meeting
from lms.schools.teams.models import Team


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
        .order_by(Meeting.starts_at, Meeting.id)
        .options(joinedload(Meeting.cohort))
    )
