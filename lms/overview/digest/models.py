"""Which teams have one letter of the day instead of a letter for each member."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import DELETED, Purpose, personal
from lms.identity.accounts.models import User


class TeamLetter(Model):
    """The captain who has chosen to get the letter of the day for the whole team.

    It holds while that person leads the team: after a change everybody has their own.
    """

    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), primary_key=True)
    captain_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    chosen_at: Mapped[datetime] = mapped_column(default=utcnow)

    captain: Mapped[User] = relationship()


personal(
    TeamLetter,
    "Письма команды, которые вы собираете в одно",
    Purpose.LETTERS,
    of={"captain_id": DELETED},
    told="team_id chosen_at",
)
