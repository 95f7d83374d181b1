"""Links by which people join a team."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.language import site_zone
from lms.core.personal import DELETED, Purpose, personal
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team


class Invitation(Model):
    """A link by which people join a team; it has a term and a quota."""

    __table_args__ = (
        sa.CheckConstraint("used <= quota", name="quota"),
        # A team has one link at a time; it is withdrawn before the next is made.
        sa.Index(
            "uq_invitation_current",
            "team_id",
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), index=True)
    token: Mapped[str] = mapped_column(sa.String(64), unique=True)
    quota: Mapped[int]
    used: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    team: Mapped[Team] = relationship()
    created_by: Mapped[User] = relationship()

    @property
    def places_left(self) -> int:
        return self.quota - self.used

    @property
    def last_day(self) -> date:
        return self.expires_at.astimezone(site_zone()).date()

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= utcnow()

    @property
    def is_usable(self) -> bool:
        """Tell whether a person who comes now gets in."""
        ended = self.is_withdrawn or self.is_expired or self.team.cohort.is_closed
        return self.places_left > 0 and not ended


personal(
    Invitation,
    "Ссылки-приглашения, которые вы создали",
    Purpose.LETTERS,
    of={"created_by_id": DELETED},
    of_staff=True,
    told="team_id created_at quota used",
    withheld="token",
    plain="id expires_at withdrawn_at",
)
