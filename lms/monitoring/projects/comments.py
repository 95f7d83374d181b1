"""What tutors and the team say beside a tab of the project."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.monitoring.projects.models import Part, Project, ProjectComment
from lms.monitoring.projects.permissions import of_team
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


def parts_commented(
    team: Team, *, since: datetime, reader: User
) -> list[tuple[Part, str]]:
    """Return beside which tabs others have written since a moment, and who did."""
    said = (
        sa.select(ProjectComment.part, User.full_name)
        .join(Project, Project.id == ProjectComment.project_id)
        .join(User, User.id == ProjectComment.author_id)
        .where(of_team(team), ProjectComment.written_at >= since)
        .where(ProjectComment.author_id != reader.id)
        .order_by(ProjectComment.id)
    )
    return list(dict.fromkeys((part, name) for part, name in db.session.execute(said)))
