"""Who edits a school's project; whoever sees one of its teams reads and comments."""

import sqlalchemy as sa

from lms.identity.accounts.models import User
from lms.monitoring.projects.models import Project
from lms.outcomes.plans.permissions import can_edit_plan
from lms.schools.teams.models import Team


def can_edit_project(user: User, team: Team) -> bool:
    """The same people as the plan: its events are lines of «План и факт»."""
    return can_edit_plan(user, team)


def of_team(team: Team) -> sa.ColumnElement[bool]:
    """Tell which project a team works on: that of its school in its cohort."""
    return sa.and_(
        Project.school_id == team.school_id, Project.cohort_id == team.cohort_id
    )


def of_same_school() -> sa.ColumnElement[bool]:
    """Join projects to the teams that work on them."""
    return sa.and_(
        Project.school_id == Team.school_id, Project.cohort_id == Team.cohort_id
    )
