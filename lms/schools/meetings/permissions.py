"""Who sees which meeting, and who says of which team who came.

Whoever runs its cohort arranges a meeting.
"""

from datetime import UTC
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.permissions import in_coordinated_cohort, in_run_cohort
from lms.identity.accounts.models import User
from lms.schools.meetings.models import Meeting
from lms.schools.teams.models import Team
from lms.schools.teams.permissions import (
    in_coordinated_team,
    is_followed,
    is_meant_for,
    own_teams,
    ways_to_teams,
)
from lms.schools.territories.models import (
    SchoolTerritory,
    Territory,
    surroundings_of_each,
    with_parts,
)
from lms.schools.territories.permissions import coordinated_schools

STAY = SchoolTerritory.__table__.alias()


def visible_meetings(user: User) -> sa.Select[Meeting]:
    """Admins see all, tutors those of their cohorts, members those they come to.

    A coordinator sees those to which the schools of her territories come.
    """
    own = sa.select(Team.school_id).where(Team.id.in_(own_teams(user)))
    here = own.where(Team.cohort_id == Meeting.cohort_id).correlate(Meeting)
    ours = is_meant_for(user, Meeting.cohort_id, Meeting.team_id)
    whole = sa.and_(
        in_coordinated_cohort(user, Meeting.cohort_id),
        Meeting.team_id.is_(None),
        is_called(coordinated_schools(user)),
    )
    return sa.select(Meeting).where(
        sa.or_(
            sa.and_(ours, is_called(here)),
            in_run_cohort(user, Meeting.cohort_id),
            whole,
            in_coordinated_team(user, Meeting.team_id),
        )
    )


def is_called(school_ids: Any) -> sa.ColumnElement[bool]:
    """Tell whether a meeting is for every territory, or for that of one of the schools.

    A school comes from where it was on the day of the meeting.
    """
    around, stay = surroundings_of_each(), STAY.c
    on = sa.type_coerce(Meeting.starts_at, sa.Date)
    called = (
        sa.select(stay.id)
        .join(around, around.c.inner == stay.territory_id)
        .where(around.c.outer == Meeting.territory_id, stay.school_id.in_(school_ids))
        .where(sa.or_(stay.since.is_(None), stay.since <= on))
        .where(sa.or_(stay.until.is_(None), stay.until > on))
        .correlate(Meeting, Team)
    )
    return sa.or_(Meeting.territory_id.is_(None), called.exists())


def called_teams(meeting: Meeting) -> sa.Select[Team]:
    """Return the teams that a meeting is for."""
    teams = sa.select(Team).where(Team.cohort_id == meeting.cohort_id)
    # As `is_called` has it, and the same for every reader.
    on = meeting.starts_at.astimezone(UTC).date()
    if meeting.team_id:
        return teams.where(Team.id == meeting.team_id)
    if meeting.territory_id is None:
        return teams
    chosen = sa.select(Territory.id).where(Territory.id == meeting.territory_id)
    schools = sa.select(SchoolTerritory.school_id).where(
        SchoolTerritory.territory_id.in_(with_parts(chosen)),
        SchoolTerritory.lasts_on(on),
    )
    return teams.where(Team.school_id.in_(schools))


def shown_teams(user: User, meeting: Meeting) -> sa.Select[Team]:
    """Return those of them of which a person sees who came."""
    return called_teams(meeting).where(sa.or_(*ways_to_teams(user)))


def is_invited(user: User, meeting: Meeting) -> bool:
    """Tell whether a meeting is for a team in which a person is now."""
    own = called_teams(meeting).where(Team.id.in_(own_teams(user)))
    return db.session.scalar(sa.select(own.exists())) is True


def can_mark(user: User, meeting: Meeting) -> bool:
    """Tell whether there is a team of which a person says who came."""
    return db.session.scalar(sa.select(markable_teams(user, meeting).exists())) is True


def markable_teams(user: User, meeting: Meeting) -> sa.Select[Team]:
    """Return those of them of which a person says who came.

    Whoever runs the cohort says it of all, a coordinator of her schools.
    """
    return called_teams(meeting).where(is_followed(user))
