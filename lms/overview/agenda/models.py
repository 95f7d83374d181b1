"""The secret addresses at which calendars are read."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import DELETED, Purpose, personal
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team


class CalendarAddress(Model):
    """The secret under which one person, or one team, reads its calendar.

    The secret itself is stored, because a person comes back for it with every new
    phone; it opens nothing but dates. A new secret takes the place of the old one.
    """

    __table_args__ = (
        sa.CheckConstraint("(team_id IS NULL) <> (user_id IS NULL)", name="owner"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), unique=True)
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"), unique=True)
    token: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    user: Mapped[User | None] = relationship()
    team: Mapped[Team | None] = relationship()


personal(
    CalendarAddress,
    "Адрес вашего календаря",
    Purpose.STUDY,
    of={"user_id": DELETED},
    told="created_at",
    withheld="token",
    plain="id team_id",
)
