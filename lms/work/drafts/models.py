"""The shared draft of a work: texts that never overwrite each other, and files."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import DELETED, NAMELESS, Purpose, personal
from lms.core.storage import NamedFile
from lms.identity.accounts.models import User


class DraftField(Model):
    """The text of one field as the team has it now.

    `version` counts the saves: a save that started from an older version is a
    rival text, not an overwrite.
    """

    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), primary_key=True
    )
    key: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    text: Mapped[str] = mapped_column(sa.Text)
    version: Mapped[int] = mapped_column(default=1)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    saved_at: Mapped[datetime] = mapped_column(default=utcnow)

    author: Mapped[User] = relationship()


personal(
    DraftField,
    "Черновики работ",
    Purpose.STUDY,
    of={"author_id": NAMELESS, "submission_id.user_id": DELETED},
    told="submission_id text saved_at",
    free="text",
    plain="key version",
)


class RivalText(Model):
    """What somebody else wrote into the same field at the same time.

    It stays beside the field until a member of the team has chosen.
    """

    __table_args__ = (sa.UniqueConstraint("submission_id", "key", "author_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), index=True
    )
    key: Mapped[str] = mapped_column(sa.String(60))
    text: Mapped[str] = mapped_column(sa.Text)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    saved_at: Mapped[datetime] = mapped_column(default=utcnow)

    author: Mapped[User] = relationship()


personal(
    RivalText,
    "Черновики работ: ваш второй вариант текста",
    Purpose.STUDY,
    of={"author_id": DELETED},
    told="submission_id text saved_at",
    free="text",
    plain="id key",
)


class FieldVersion(Model):
    """What a field held after one sitting of one person; the field's history."""

    __table_args__ = (sa.Index("ix_field_version_field", "submission_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id"))
    key: Mapped[str] = mapped_column(sa.String(60))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    began_at: Mapped[datetime]
    saved_at: Mapped[datetime]

    author: Mapped[User] = relationship()


personal(
    FieldVersion,
    "Черновики работ: что вы писали раньше",
    Purpose.STUDY,
    of={"author_id": DELETED},
    told="submission_id text saved_at",
    free="text",
    plain="id key version began_at",
)


class DraftFile(NamedFile, Model):
    """A file that the team put to its draft."""

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), index=True
    )
    uploaded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    uploaded_at: Mapped[datetime] = mapped_column(default=utcnow)


personal(
    DraftFile,
    "Файлы, которые вы приложили к черновикам",
    Purpose.STUDY,
    of={"uploaded_by_id": NAMELESS, "submission_id.user_id": DELETED},
    told="submission_id name uploaded_at",
    files={"sha256": "name"},
    free="name",
    plain="id media_type size",
)
