"""Projects and their rows for a page: found if the person may see them, else 404."""

import sqlalchemy as sa
from flask import abort
from flask_login import current_user

from lms.core.access import require
from lms.core.extensions import db
from lms.monitoring.projects.kinds import KINDS
from lms.monitoring.projects.models import Project, ProjectRow, QuarterSnapshot
from lms.monitoring.projects.permissions import can_edit_project
from lms.monitoring.projects.services import project_of
from lms.schools.teams.loading import get_team
from lms.schools.teams.models import Team


def get_own_team(team_id: int) -> Team:
    """Load the team whose project the current user may edit."""
    team = get_team(team_id)
    require(can_edit_project(current_user, team))
    return team


def get_project(team: Team) -> Project:
    """Load the project of a team, or answer 404 before it has begun."""
    return project_of(team) or abort(404)


def get_row(
    team: Team, kind: str, row_id: int, *, removed_too: bool = False
) -> ProjectRow:
    """Load a row of a team's project, or answer 404.

    Whoever sends a form wants what is typed back, though the row is gone meanwhile.
    """
    model = KINDS[kind].model
    query = sa.select(model).filter_by(id=row_id, project_id=get_project(team).id)
    if not removed_too:
        query = query.filter_by(removed_at=None)
    row: ProjectRow = db.first_or_404(query)
    return row


def get_snapshot(team: Team, snapshot_id: int) -> QuarterSnapshot:
    """Load a closed quarter of a team's project, or answer 404."""
    query = sa.select(QuarterSnapshot).filter_by(
        id=snapshot_id, project_id=get_project(team).id
    )
    snapshot: QuarterSnapshot = db.first_or_404(query)
    return snapshot
