"""What a school has taken from another one, and what came of it there."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from lms.core.database import utcnow
from lms.schools.teams.models import School


class Taken:
    """A school has taken a thing for itself, and says in a line what came of it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"), index=True)
    # Who pressed the button, or has told since what came of it.
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    # Empty as long as nothing has come of it yet.
    said: Mapped[str] = mapped_column(sa.String(200), default="")
    taken_at: Mapped[datetime] = mapped_column(default=utcnow)
    told_at: Mapped[datetime | None]

    @declared_attr
    @classmethod
    def school(cls) -> Mapped[School]:
        return relationship()
