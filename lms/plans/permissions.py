"""Who reads a team's plan, and who edits it."""

import sqlalchemy as sa

from lms.accounts.models import User
from lms.cohorts.models import cohort_tutor
from lms.extensions import db
from lms.teams.models import Membership, Team


def visible_plans(user: User) -> sa.Select[Team]:
    """Admins read every plan, tutors those of their cohorts, members their own."""
    query = sa.select(Team)
    if user.is_admin:
        return query
    cohorts = sa.select(cohort_tutor.c.cohort_id).where(
        cohort_tutor.c.user_id == user.id
    )
    mine = Team.id.in_(_own_teams(user))
    if user.is_tutor:
        return query.where(sa.or_(mine, Team.cohort_id.in_(cohorts)))
    return query.where(mine)


def can_edit_plan(user: User, team: Team) -> bool:
    """Only members edit the plan of their team."""
    own = _own_teams(user).where(Membership.team_id == team.id)
    return bool(db.session.scalar(sa.select(own.exists())))


def _own_teams(user: User) -> sa.Select[int]:
    return sa.select(Membership.team_id).where(
        Membership.user_id == user.id, Membership.left_at.is_(None)
    )
