"""What people say beside a project, and into one field at the same time."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import DELETED, NAMELESS, Purpose, personal
from lms.identity.accounts.models import User
from lms.monitoring.projects.models.kinds import Part


class RivalWords(Model):
    """What somebody else typed into the same field of a row at the same time."""

    __table_args__ = (sa.UniqueConstraint("kind", "row_id", "field", "author_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    row_id: Mapped[int]
    field: Mapped[str] = mapped_column(sa.String(40))
    text: Mapped[str] = mapped_column(sa.Text)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    saved_at: Mapped[datetime] = mapped_column(default=utcnow)

    author: Mapped[User] = relationship()


personal(
    RivalWords,
    "Проект школы: ваш второй вариант слов",
    Purpose.PLAN,
    of={"author_id": DELETED},
    told="text saved_at",
    free="text",
    plain="id kind row_id field",
)


class ProjectComment(FromForm, Model):
    """What somebody said beside a tab of the project."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    part: Mapped[Part]
    text: Mapped[str] = mapped_column(sa.Text)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(default=utcnow)

    author: Mapped[User] = relationship()


personal(
    ProjectComment,
    "Ваши слова рядом с проектом школы",
    Purpose.PLAN,
    of={"author_id": NAMELESS},
    told="project_id text written_at",
    free="text",
    plain="id part form_key",
)
