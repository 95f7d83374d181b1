"""Which teams are stuck, as pages that only count them read it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import impersonal
from lms.course.cohorts.models import Cohort
from lms.schools.teams.models import Team


class StuckTeam(Model):
    """A team that is stuck, or will be within days if nobody does anything.

    Kept, and nothing but a copy: `stuck.py` makes it of the same rules as the matrix.
    """

    __table_args__ = (sa.Index("ix_stuck_team_count", "cohort_id", "from_at"),)

    team_id: Mapped[int] = mapped_column(sa.ForeignKey(Team.id), primary_key=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey(Cohort.id))
    # From when on it counts; that may still be ahead.
    from_at: Mapped[datetime]
    counted_at: Mapped[datetime] = mapped_column(default=utcnow)


impersonal(StuckTeam, "team_id cohort_id from_at counted_at")
