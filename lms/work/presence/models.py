"""In which field a person is; true for less than a minute."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.extensions import Model


class Presence(Model):
    """A person was in a field at a moment: one row for a person and a work."""

    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(60))
    seen_at: Mapped[datetime]
