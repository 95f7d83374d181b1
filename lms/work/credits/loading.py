"""The path of the person who looks, read together with their place on the course."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from flask_login import current_user
from sqlalchemy.orm import contains_eager

from lms.core.extensions import db
from lms.course.cohorts.models import CalendarRow, Cohort
from lms.course.cohorts.rule import read_rule
from lms.overview.news.events import USER_ID
from lms.overview.news.news import header_columns
from lms.review.appeals.hearing import is_disputed
from lms.schools.teams.loading import remember_membership
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import own_membership
from lms.work.credits.gradebook import Participant
from lms.work.credits.path import Owner, Step, columns_of, steps_of, with_progress


def my_path() -> list[Step]:
    """Return the modules of the current user's team; nothing without one.

    One statement for what would be two: a lesson is what people open most.
    """
    rows: Any = db.session.execute(_own_path(), {"user_id": current_user.id}).all()
    membership, rule, *header = rows[0][:5] if rows else (None, None)
    remember_membership(membership, *header)
    if membership is None:
        return []
    found = [row[5:] for row in rows if row[5] is not None]
    cohort = membership.team.cohort
    return steps_of(found, Participant.of(membership), cohort, read_rule(rule))


@cache
def _own_path() -> sa.Select[Any]:
    """Build the statement once: that takes longer than to answer it.

    The rule comes as text, for it stands in every row and is understood once; so do
    the few words that the header says.
    """
    owner = Owner(Membership.team_id, Membership.user_id)
    team = contains_eager(Membership.team)
    own = (
        own_membership(USER_ID)
        .add_columns(sa.cast(Cohort.rule, sa.Text), *header_columns())
        .add_columns(*columns_of(owner, is_disputed()))
        .outerjoin(CalendarRow, CalendarRow.cohort_id == Team.cohort_id)
        .options(team.contains_eager(Team.cohort).defer(Cohort.rule))
    )
    return with_progress(own, owner)
