"""Lists of people that were uploaded."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User


class Enrolment(Model):
    """An uploaded list: nothing of it happens before it is confirmed, once.

    What people typed about others is kept only as long as it is needed: after the
    confirmation only the lines that were refused stay, to be corrected.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(sa.String(200))
    # `[number, cells]` of each line (lms/schools/enrolments/tables.py).
    lines: Mapped[list[Any]]
    ignored: Mapped[list[Any]]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    confirmed_at: Mapped[datetime | None]
    # `[number, cells, reason]` of each line that was refused at the confirmation.
    refused: Mapped[list[Any]] = mapped_column(default=list)
    # How many lines had which verdict then.
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    cohort: Mapped[Cohort] = relationship()
    author: Mapped[User] = relationship()

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
