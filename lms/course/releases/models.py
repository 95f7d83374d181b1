"""Releases: planned, done or cancelled, and who has read what was said of them."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow, written
from lms.core.extensions import Model
from lms.core.personal import DELETED, NAMELESS, Purpose, personal
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.models import User


class ReleaseState(enum.Enum):
    """What became of a release. The value is what people read."""

    WAITING = "ждёт"
    PUBLISHED = "опубликована"
    CANCELLED = "отменена"


class Release(Model):
    """A revision becomes what everybody reads: by a plan, or at once."""

    __table_args__ = (
        # A module has one plan at a time.
        sa.Index(
            "uq_release_waiting",
            "module_id",
            unique=True,
            sqlite_where=sa.text("state = 'WAITING'"),
            postgresql_where=sa.text("state = 'WAITING'"),
        ),
        sa.Index("ix_release_module", "module_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"))
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("revision.id"))
    # What was live when it was decided; None: nothing was.
    instead_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("revision.id"))
    state: Mapped[ReleaseState] = mapped_column(default=ReleaseState.WAITING)
    planned_for: Mapped[datetime]
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    # One sentence for readers; empty: they are told nothing.
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    released_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    module: Mapped[Module] = relationship()
    revision: Mapped[Revision] = relationship(foreign_keys=revision_id)
    instead_of: Mapped[Revision | None] = relationship(foreign_keys=instead_of_id)
    author: Mapped[User] = relationship()

    @property
    def is_waiting(self) -> bool:
        return self.state is ReleaseState.WAITING


personal(
    Release,
    "Публикации занятий",
    Purpose.STUDY,
    of={"author_id": NAMELESS},
    of_staff=True,
    told="module_id planned_for note created_at",
    words={"note": "что сказали читателям"},
    free="note",
    plain="id revision_id instead_of_id state released_at",
)


# What readers have been told of.
TOLD = (Release.state == written(ReleaseState.PUBLISHED), Release.note != "")


class SeenRelease(Model):
    """The last release of a module of which a reader has said «Понятно»."""

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"), primary_key=True)
    release_id: Mapped[int] = mapped_column(sa.ForeignKey("release.id"))
    seen_at: Mapped[datetime] = mapped_column(default=utcnow)


personal(
    SeenRelease,
    "О каких обновлениях занятий вы прочитали",
    Purpose.STUDY,
    of={"user_id": DELETED},
    told="module_id seen_at",
    plain="release_id",
)
