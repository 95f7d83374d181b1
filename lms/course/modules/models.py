"""The course, its modules, their immutable revisions, and who has read what."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.personal import DELETED, NAMELESS, Purpose, impersonal, personal
from lms.core.storage import StoredFile
from lms.identity.accounts.models import User


class CourseEdition(Immutable, Model):
    """One state of `course.md`; the newest one is the course."""

    id: Mapped[int] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    # Path → text of `course.md` and `consent.md`, for export.
    sources: Mapped[dict[str, Any]] = mapped_column(sa.JSON, deferred=True)
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


impersonal(CourseEdition, "id content_hash sources content created_at")


class MeasuresEdition(Immutable, Model):
    """One state of `diagnostics.md` and `surveys/`, for export."""

    id: Mapped[int] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    # Path → text.
    sources: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


impersonal(MeasuresEdition, "id content_hash sources created_at")


class Module(Model):
    """One step of the course; what is read is its current revision."""

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    position: Mapped[int] = mapped_column(unique=True)
    # None: withdrawn or never published; participants do not see it at all.
    current_revision_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("revision.id", use_alter=True)
    )
    withdrawn_at: Mapped[datetime | None]
    # When the pointer last moved to a revision: since then it is another text.
    published_at: Mapped[datetime | None]
    # What the folder held when it was last imported: `sync` compares with it.
    imported_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    # When the general answers or the practices below the lesson changed: kept pages
    # ask for it.
    shared_at: Mapped[datetime | None]

    current_revision: Mapped["Revision | None"] = relationship(
        foreign_keys=current_revision_id, post_update=True
    )

    @property
    def is_live(self) -> bool:
        return self.current_revision_id is not None


impersonal(
    Module,
    (
        "id slug position current_revision_id withdrawn_at published_at "
        "imported_hash shared_at"
    ),
    called="current_revision_id",
)


class Revision(Immutable, Model):
    """One checked and rendered state of a module; it never changes."""

    __table_args__ = (sa.UniqueConstraint("module_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"), index=True)
    number: Mapped[int]
    # The place in the course it asks for; the module takes it when published.
    position: Mapped[int]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    title: Mapped[str] = mapped_column(sa.String(200))
    short_title: Mapped[str] = mapped_column(sa.String(200))
    summary: Mapped[str] = mapped_column(sa.Text)
    minutes: Mapped[int]
    # What lists and rules need to know about the assignment and the quiz.
    assignment_title: Mapped[str | None] = mapped_column(sa.String(200))
    assignment_by: Mapped[str | None] = mapped_column(sa.String(10))
    work_required: Mapped[bool] = mapped_column(default=False)
    has_quiz: Mapped[bool] = mapped_column(default=False)
    # The same for revisions that judge by the same rubric; None: nothing is judged.
    rubric_hash: Mapped[str | None] = mapped_column(sa.String(64))
    has_samples: Mapped[bool] = mapped_column(default=False)
    # `ModuleContent` of lms/course/content/reports.py as JSON. It is large, so lists of
    # modules do not load it.
    content: Mapped[dict[str, Any]] = mapped_column(sa.JSON, deferred=True)
    # Path → text of the Markdown files, for differences and for export.
    sources: Mapped[dict[str, Any]] = mapped_column(sa.JSON, deferred=True)
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    module: Mapped[Module] = relationship(foreign_keys=module_id)
    author: Mapped[User | None] = relationship()
    media: Mapped[list["MediaFile"]] = relationship(order_by="MediaFile.name")


personal(
    Revision,
    "Версии занятий, которые вы готовили",
    Purpose.STUDY,
    of={"author_id": NAMELESS},
    of_staff=True,
    told="title number note created_at",
    free="note",
    plain=(
        "id module_id position content_hash short_title summary minutes "
        "assignment_title assignment_by work_required has_quiz rubric_hash "
        "has_samples content sources"
    ),
    called="title",
)


class MediaFile(Immutable, Model):
    """A picture or document of a revision, under the name the lesson uses."""

    revision_id: Mapped[int] = mapped_column(
        sa.ForeignKey("revision.id"), primary_key=True
    )
    name: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"), index=True)
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]

    file: Mapped[StoredFile] = relationship()


impersonal(MediaFile, "revision_id name sha256 media_type size")


class ReadMark(Model):
    """A reader's own «Прочитано» on a module."""

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(default=utcnow)


personal(
    ReadMark,
    "Что вы отметили прочитанным",
    Purpose.STUDY,
    of={"user_id": DELETED},
    told="module_id read_at",
)
