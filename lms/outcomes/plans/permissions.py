"""Who reads a team's plan, and who edits it."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.permissions import tutored_cohorts
from lms.identity.accounts.models import User
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import own_teams


def visible_plans(user: User) -> sa.Select[Team]:
    """Admins read every plan, tutors those of their cohorts, members their own."""
    query = sa.select(Team)
    if user.is_admin:
        return query
    mine = Team.id.in_(own_teams(user))
    if user.is_tutor:
        return query.where(sa.or_(mine, Team.cohort_id.in_(tutored_cohorts(user))))
    return query.where(mine)


def can_edit_plan(user: User, team: Team) -> bool:
    """Only members edit the plan of their team."""
    own = own_teams(user).where(Membership.team_id == team.id)
    return bool(db.session.scalar(sa.select(own.exists())))
