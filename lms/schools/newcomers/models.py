"""People who are invited by name."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.language import site_zone
from lms.core.personal import DELETED, Purpose, personal
from lms.identity.accounts.models import User
from lms.schools.teams.models import Position, Team

EXPECTED = sa.text("accepted_at IS NULL AND withdrawn_at IS NULL")


class Newcomer(Model):
    """A person who was invited by name and may come into one team, once."""

    __table_args__ = (
        # A person is expected in one team at a time.
        sa.Index(
            "uq_newcomer_expected",
            "email",
            unique=True,
            sqlite_where=EXPECTED,
            postgresql_where=EXPECTED,
        ),
        sa.Index(
            "ix_newcomer_name",
            "full_name",
            "id",
            sqlite_where=EXPECTED,
            postgresql_where=EXPECTED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), index=True)
    email: Mapped[str] = mapped_column(sa.String(254))
    full_name: Mapped[str] = mapped_column(sa.String(200))
    position: Mapped[Position]
    is_captain: Mapped[bool] = mapped_column(default=False)
    token: Mapped[str] = mapped_column(sa.String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    expires_at: Mapped[datetime]
    # How many letters were written, and the key of the last one in the job table;
    # none while the next one is still to be written.
    letters: Mapped[int] = mapped_column(default=0)
    letter_key: Mapped[str | None] = mapped_column(sa.String(120))
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship()
    invited_by: Mapped[User] = relationship()

    @property
    def last_day(self) -> date:
        return self.expires_at.astimezone(site_zone()).date()

    @property
    def is_expected(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= utcnow()

    @property
    def is_usable(self) -> bool:
        """Tell whether the person who comes now gets in."""
        ended = self.is_expired or self.team.cohort.is_closed
        return self.is_expected and not ended

    @classmethod
    def expected(cls) -> sa.ColumnElement[bool]:
        """Tell the database to find those who have not come yet."""
        return sa.and_(cls.accepted_at.is_(None), cls.withdrawn_at.is_(None))


personal(
    Newcomer,
    "Приглашение вас по имени",
    Purpose.LETTERS,
    of={"email": DELETED},
    told="full_name team_id position is_captain expires_at accepted_at withdrawn_at",
    words={"accepted_at": "когда приняли", "withdrawn_at": "когда отозвано"},
    withheld="token letter_key",
    others="invited_by_id",
    names="email full_name",
    plain="id letters",
)
