"""What was read in the files that teams have sent."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import utcnow
from lms.core.extensions import Model


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
