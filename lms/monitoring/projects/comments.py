"""What tutors and the team say beside a tab of the project."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.monitoring.projects.models import Part, Project, ProjectComment
from lms.monitoring.projects.permissions import of_same_school
from lms.monitoring.projects.services import begin_project
from lms.schools.teams.models import Team


def comment(
    team: Team, part: Part, text: str, *, author: User, form_key: str | None = None
) -> ProjectComment:
    """Say something beside a tab; the other side reads of it in the morning."""
    if known := added_before(ProjectComment, form_key):
        return known
    said = ProjectComment(
        project_id=begin_project(team).id,
        part=part,
        text=text,
        author_id=author.id,
        form_key=form_key,
    )
    db.session.add(said)
    person_acted.send(author)
    db.session.commit()
    return said


def comments_of(project: Project | None, part: Part) -> list[ProjectComment]:
    """Return what was said beside a tab, the oldest first."""
    if project is None:
        return []
    said = sa.select(ProjectComment).filter_by(project_id=project.id, part=part)
    said = said.order_by(ProjectComment.written_at, ProjectComment.id)
    return list(db.session.scalars(said.options(joinedload(ProjectComment.author))))


def comments_for(
    person: User, teams: Iterable[Team], *, since: datetime
) -> list[tuple[Team, Part, str]]:
    """Return beside which tabs others have written since a moment, and who did.

    Members hear of the projects of their teams, a tutor of those of the own teams.
    """
    mine = sa.or_(Team.id.in_([team.id for team in teams]), Team.tutor_id == person.id)
    said = (
        sa.select(Team, ProjectComment.part, User.full_name)
        .join(Project, of_same_school())
        .join(ProjectComment, ProjectComment.project_id == Project.id)
        .join(User, User.id == ProjectComment.author_id)
        .where(mine, ProjectComment.written_at >= since)
        .where(ProjectComment.author_id != person.id)
        .order_by(ProjectComment.id, Team.id)
    )
    found = ((team, part, name) for team, part, name in db.session.execute(said))
    return list(dict.fromkeys(found))
