"""Schools, their teams in a cohort, and the members."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import NAMELESS, Purpose, impersonal, personal
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User


class Position(enum.Enum):
    """Who a member is for the school. The value is what people read."""

    HEAD = "руководитель школы"
    DEPUTY = "заместитель директора"
    TEACHER = "учитель"
    PARENT = "родитель"
    GRADUATE = "выпускник"
    PARTNER = "партнёр"


class School(Model):
    """A school that takes part."""

    __table_args__ = (
        sa.UniqueConstraint("name", "municipality"),
        sa.Index("ix_school_place", "municipality", "name", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    municipality: Mapped[str] = mapped_column(sa.String(120))
    region: Mapped[str] = mapped_column(sa.String(120), default="")

    @property
    def label(self) -> str:
        return f"{self.name}, {self.municipality}"


impersonal(School, "id name municipality region", called="name")


def _cohort_of_team(context: DefaultExecutionContext) -> int:
    """Find the cohort of the team that a row names."""
    team_id = context.get_current_parameters()["team_id"]  # type: ignore[no-untyped-call]
    of_team = sa.select(Team.cohort_id).where(Team.id == team_id)
    cohort_id: int = context.connection.scalars(of_team).one()
    return cohort_id


class Membership(Model):
    """A person in a team for a while; the history stays when people change."""

    __table_args__ = (
        # The cohort is that of the team: an index sees one table.
        sa.ForeignKeyConstraint(
            ["team_id", "cohort_id"],
            ["team.id", "team.cohort_id"],
            name="fk_membership_team_cohort",
        ),
        # In a cohort a person is in one team at a time, a team has one captain.
        sa.Index(
            "uq_membership_active",
            "user_id",
            "cohort_id",
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
        # People are counted by it alone, whoever else was ever in the team.
        sa.Index(
            "ix_membership_present",
            "team_id",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), index=True)
    cohort_id: Mapped[int] = mapped_column(default=_cohort_of_team)
    position: Mapped[Position]
    is_captain: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime] = mapped_column(default=utcnow)
    left_at: Mapped[datetime | None]
    # When the cohort ended; from then on the person reads, and no longer writes.
    graduated_at: Mapped[datetime | None]
    # Up to when the person has seen what is new on the start page.
    news_seen_at: Mapped[datetime | None]
    # Of several teams the one chosen last is the one that pages show.
    chosen_at: Mapped[datetime] = mapped_column(default=utcnow)

    user: Mapped[User] = relationship()
    team: Mapped["Team"] = relationship(
        back_populates="memberships", foreign_keys=team_id
    )

    @property
    def is_active(self) -> bool:
        return self.left_at is None


personal(
    Membership,
    "Ваше участие в командах",
    Purpose.STUDY,
    of={"user_id": NAMELESS},
    told="team_id cohort_id position is_captain joined_at left_at graduated_at",
    emptied="news_seen_at",
    plain="id chosen_at",
)


class Team(FromForm, Model):
    """The people of one school who take the course in one cohort."""

    __table_args__ = (
        sa.UniqueConstraint("cohort_id", "school_id", "name"),
        sa.Index("uq_team_in_cohort", "id", "cohort_id", unique=True),
        sa.Index("ix_team_school", "school_id", "name", "id"),
        sa.Index("ix_team_cohort", "cohort_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"), index=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    tutor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)

    school: Mapped[School] = relationship()
    cohort: Mapped[Cohort] = relationship()
    tutor: Mapped[User | None] = relationship()
    # None: nobody has come yet. Whoever asks of many teams loads it with them.
    first_joined_at: Mapped[datetime | None] = column_property(
        sa.select(sa.func.min(Membership.joined_at))
        .where(Membership.team_id == id)
        .correlate_except(Membership)
        .scalar_subquery(),
        deferred=True,
    )
    memberships: Mapped[list[Membership]] = relationship(
        back_populates="team",
        order_by="Membership.joined_at",
        foreign_keys=Membership.team_id,
    )


personal(
    Team,
    "Команды, у которых вы тьютор",
    Purpose.REVIEW,
    of={"tutor_id": NAMELESS},
    of_staff=True,
    told="school_id name",
    plain="id cohort_id form_key",
    called="name",
)
