"""What was read in the files of teams, and small copies of their pictures."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import impersonal


class StoredExcerpt(Model):
    """The beginning of a file, or why it cannot be read; made once by the same rules.

    The kind belongs to the key: the same bytes are one thing as a document and
    another as an archive.
    """

    __tablename__ = "excerpt"

    sha256: Mapped[str] = mapped_column(
        sa.ForeignKey("stored_file.sha256"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    content: Mapped[dict[str, Any]]
    # By which rules it was made (lms/work/previews/reading.py).
    rules: Mapped[int] = mapped_column(server_default="1")
    made_at: Mapped[datetime] = mapped_column(default=utcnow)


impersonal(StoredExcerpt, "sha256 kind rules made_at", free="content")


class Thumbnail(Model):
    """Two copies of a picture for pages, or none when it cannot be read; drawn once.

    It goes with its picture, and what it names goes after it (`lms/core/file_sweep`).
    """

    sha256: Mapped[str] = mapped_column(
        sa.ForeignKey("stored_file.sha256", ondelete="CASCADE"), primary_key=True
    )
    small: Mapped[str | None] = mapped_column(
        sa.ForeignKey("stored_file.sha256"), index=True
    )
    large: Mapped[str | None] = mapped_column(
        sa.ForeignKey("stored_file.sha256"), index=True
    )
    made_at: Mapped[datetime] = mapped_column(default=utcnow)


impersonal(Thumbnail, "sha256 small large made_at")
