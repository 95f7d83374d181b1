"""Issued certificates and the counter of their numbers."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.language import site_zone
from lms.core.personal import DELETED, KEPT, Purpose, Term, impersonal, personal
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team


class CertificateState(enum.Enum):
    """What the public page says. The value is what people read."""

    VALID = "действителен"
    REVOKED = "отозван"
    REPLACED = "заменён"


class Finisher(Model):
    """Somebody with every work that a cohort asks for, and no certificate yet.

    Kept, and nothing but a copy: of everybody else pages need not even ask who may
    have a certificate (`finishers.py`).
    """

    user_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id), primary_key=True)
    cohort_id: Mapped[int] = mapped_column(
        sa.ForeignKey(Cohort.id), primary_key=True, index=True
    )


personal(
    Finisher,
    "Кто может получить сертификат",
    Purpose.CERTIFICATE,
    of={"user_id": DELETED},
    told="cohort_id",
)


class CertificateCounter(Model):
    """The last number given in a year; locked by the transaction that issues."""

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


impersonal(CertificateCounter, "year last")


class Certificate(Immutable, Model):
    """What a person earned, as it was on the day of issue."""

    __table_args__ = (
        sa.Index(
            "uq_certificate_valid",
            "user_id",
            "cohort_id",
            unique=True,
            sqlite_where=sa.text("state = 'VALID'"),
            postgresql_where=sa.text("state = 'VALID'"),
        ),
        sa.Index("ix_certificate_state", "state", "id"),
    )
    may_change = frozenset(
        {"state", "revoked_at", "revoked_by_id", "revoked_reason", "replaced_by_id"}
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), index=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), index=True)
    holder_name: Mapped[str] = mapped_column(sa.String(200))
    school_name: Mapped[str] = mapped_column(sa.String(200))
    municipality: Mapped[str] = mapped_column(sa.String(120))
    team_name: Mapped[str] = mapped_column(sa.String(120))
    course_title: Mapped[str] = mapped_column(sa.String(200))
    hours: Mapped[int]
    # [{slug, position, title, revision_id, work}] in the order of the course; the
    # work is "accepted", "excused" or "none", the revision the one it answers.
    modules: Mapped[list[Any]]
    signer: Mapped[str] = mapped_column(sa.String(200))
    # Nothing where the rule of the cohort says nothing of it.
    signer_position: Mapped[str] = mapped_column(sa.String(200), default="")
    signature_sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    issuer: Mapped[str] = mapped_column(sa.String(200), default="")
    issued_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    issued_at: Mapped[datetime] = mapped_column(default=utcnow)
    pdf_sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    state: Mapped[CertificateState] = mapped_column(default=CertificateState.VALID)
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    revoked_reason: Mapped[str] = mapped_column(sa.Text, default="")
    replaced_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("certificate.id"))

    user: Mapped[User] = relationship(foreign_keys=user_id)
    issued_by: Mapped[User] = relationship(foreign_keys=issued_by_id)
    revoked_by: Mapped[User | None] = relationship(foreign_keys=revoked_by_id)
    cohort: Mapped[Cohort] = relationship()
    team: Mapped[Team] = relationship()
    replaced_by: Mapped["Certificate | None"] = relationship(
        back_populates="replaces", remote_side=id
    )
    replaces: Mapped["Certificate | None"] = relationship(back_populates="replaced_by")

    @classmethod
    def year(cls) -> sa.ColumnElement[str]:
        """Tell the database the year of the number, as `ix_certificate_year` has it."""
        four: sa.ColumnElement[int] = sa.literal_column("4")
        return sa.func.substr(cls.number, four, four, type_=sa.String)

    @property
    def is_valid(self) -> bool:
        return self.state is CertificateState.VALID

    @property
    def is_revoked(self) -> bool:
        return self.state is CertificateState.REVOKED

    @property
    def is_replaced(self) -> bool:
        return self.state is CertificateState.REPLACED

    @property
    def issued_on(self) -> date:
        """The day on the paper: that of the course, wherever the reader is."""
        return self.issued_at.astimezone(site_zone()).date()

    @property
    def revoked_on(self) -> date | None:
        return self.revoked_at and self.revoked_at.astimezone(site_zone()).date()

    @property
    def address(self) -> str:
        """The number for addresses: Cyrillic turns into `%D0%A2%D0%A1` there."""
        return self.number.replace("ТС-", "TS-")


personal(
    Certificate,
    "Ваши сертификаты",
    Purpose.CERTIFICATE,
    of={"user_id": KEPT},
    term=Term.CERTIFICATE,
    told=(
        "number code holder_name school_name municipality team_name "
        "course_title hours modules issued_at state revoked_at revoked_reason"
    ),
    words={"state": "действует ли"},
    files={"pdf_sha256": "number"},
    others="issued_by_id revoked_by_id",
    free="revoked_reason",
    plain=(
        "id cohort_id team_id signer signer_position signature_sha256 issuer "
        "replaced_by_id"
    ),
    called="number",
)
