"""Schools, their teams in a cohort, the members and the invitations."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import User
from lms.cohorts.models import Cohort
from lms.database import utcnow
from lms.extensions import db


class Position(enum.Enum):
    """Who a member is for the school. The value is what people read."""

    HEAD = "руководитель школы"
    DEPUTY = "заместитель директора"
    TEACHER = "учитель"
    PARENT = "родитель"
    GRADUATE = "выпускник"
    PARTNER = "партнёр"


class School(db.Model):
    """A school that takes part."""

    __table_args__ = (sa.UniqueConstraint("name", "municipality"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    municipality: Mapped[str] = mapped_column(sa.String(120))
    region: Mapped[str] = mapped_column(sa.String(120), default="")


class Team(db.Model):
    """The people of one school who take the course in one cohort."""

    __table_args__ = (sa.UniqueConstraint("cohort_id", "school_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"), index=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    tutor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)

    school: Mapped[School] = relationship()
    cohort: Mapped[Cohort] = relationship()
    tutor: Mapped[User | None] = relationship()
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="team", order_by="Membership.joined_at"
    )


class Membership(db.Model):
    """A person in a team for a while; the history stays when people change."""

    __table_args__ = (
        # One person is in one team at a time, one team has one captain at a time.
        sa.Index(
            "uq_membership_active",
            "user_id",
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        ),
        sa.Index(
            "uq_membership_captain",
            "team_id",
            unique=True,
            sqlite_where=sa.text("is_captain AND left_at IS NULL"),
            postgresql_where=sa.text("is_captain AND left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), index=True)
    position: Mapped[Position]
    is_captain: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime] = mapped_column(default=utcnow)
    left_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    team: Mapped[Team] = relationship(back_populates="memberships")

    @property
    def is_active(self) -> bool:
        return self.left_at is None


class Invitation(db.Model):
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
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= utcnow()

    @property
    def is_usable(self) -> bool:
        return not self.is_withdrawn and not self.is_expired and self.places_left > 0
