"""The revisions of the settings of the course."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.identity.accounts.models import User


class SettingsRevision(Immutable, Model):
    """One state of the settings; the newest one is in force."""

    id: Mapped[int] = mapped_column(primary_key=True)
    # Two admins who begin from the same revision both ask for the next number.
    number: Mapped[int] = mapped_column(unique=True)
    # `Settings` of lms/course/settings/settings.py as JSON.
    content: Mapped[dict[str, Any]]
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    author: Mapped[User | None] = relationship()
