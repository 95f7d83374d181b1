"""The typed part of a report, and its editions, which never change."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.periods import SchoolYear
from lms.core.personal import DELETED, NAMELESS, Purpose, personal
from lms.identity.accounts.models import User
from lms.schools.teams.models import School
from lms.schools.territories.models import Territory


class Report(Model):
    """What people add to the figures of a territory or a school for a school year."""

    __table_args__ = (
        sa.CheckConstraint("(territory_id IS NULL) <> (school_id IS NULL)", "subject"),
        sa.UniqueConstraint("territory_id", "year"),
        sa.UniqueConstraint("school_id", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    territory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("territory.id"))
    school_id: Mapped[int | None] = mapped_column(sa.ForeignKey("school.id"))
    # The calendar year in which the school year begins.
    year: Mapped[int]
    # The conclusions by their keys, and the blocks that were left out.
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    left_out: Mapped[list[Any]] = mapped_column(default=list)
    # Counts the saves: a save that began with an older one is a rival text.
    version: Mapped[int] = mapped_column(default=0)
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    saved_at: Mapped[datetime | None]

    territory: Mapped[Territory | None] = relationship()
    school: Mapped[School | None] = relationship()
    author: Mapped[User | None] = relationship()
    rivals: Mapped[list["ReportRival"]] = relationship(order_by="ReportRival.id")
    editions: Mapped[list["ReportEdition"]] = relationship(
        order_by="ReportEdition.number", back_populates="report"
    )

    @property
    def title(self) -> str:
        """Whose report it is and of which school year, as the journal names it."""
        subject = self.school.label if self.school else ""
        subject = self.territory.name if self.territory else subject
        return f"{subject}, {SchoolYear.starting(self.year).label}"


personal(
    Report,
    "Выводы отчётов, которые вы написали последним",
    Purpose.TERRITORY,
    of={"author_id": NAMELESS},
    of_staff=True,
    told="territory_id school_id year texts saved_at",
    free="texts",
    plain="id left_out version",
)


class ReportRival(Model):
    """What somebody else typed at the same time; it stays until one is chosen."""

    __table_args__ = (sa.UniqueConstraint("report_id", "author_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id"))
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    texts: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime] = mapped_column(default=utcnow)

    author: Mapped[User] = relationship()


personal(
    ReportRival,
    "Отчёты: ваш второй вариант выводов",
    Purpose.TERRITORY,
    of={"author_id": DELETED},
    of_staff=True,
    told="texts saved_at",
    free="texts",
    plain="id report_id",
)


class ReportEdition(Immutable, Model):
    """A closed report: its figures and texts as they were at that moment.

    People are stored by their ids and named when it is read, so that neither an
    erasure changes an edition nor an edition keeps a name.
    """

    __table_args__ = (sa.UniqueConstraint("report_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    # Of the content in its canonical form.
    sha256: Mapped[str] = mapped_column(sa.String(64))
    closed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    closed_at: Mapped[datetime] = mapped_column(default=utcnow)

    report: Mapped[Report] = relationship(back_populates="editions")
    closed_by: Mapped[User] = relationship()


personal(
    ReportEdition,
    "Отчёты, которые вы закрыли",
    Purpose.TERRITORY,
    of={"closed_by_id": NAMELESS},
    of_staff=True,
    told="number closed_at",
    free="content",
    plain="id report_id sha256",
)
