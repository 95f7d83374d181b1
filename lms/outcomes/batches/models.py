"""What one action issues to a cohort, and the archive of its certificates."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import DELETED, NAMELESS, Purpose, impersonal, personal
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.outcomes.certificates.models import Certificate


class Batch(Model):
    """Certificates for everybody in a cohort who was ready when somebody asked.

    A job issues them one by one; a cohort has one batch under way.
    """

    __table_args__ = (
        sa.Index(
            "uq_batch_under_way",
            "cohort_id",
            unique=True,
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    finished_at: Mapped[datetime | None]

    cohort: Mapped[Cohort] = relationship()
    asked_by: Mapped[User] = relationship()
    people: Mapped[list["BatchPerson"]] = relationship(
        back_populates="batch", order_by="BatchPerson.place"
    )

    @property
    def is_under_way(self) -> bool:
        return self.finished_at is None


personal(
    Batch,
    "Выдачи сертификатов, которые вы начали",
    Purpose.CERTIFICATE,
    of={"asked_by_id": NAMELESS},
    of_staff=True,
    told="cohort_id asked_at",
    plain="id finished_at",
)


class BatchPerson(Model):
    """Somebody in a batch: waits, has got the certificate, or was refused one."""

    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("batch.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    place: Mapped[int]
    done_at: Mapped[datetime | None]
    certificate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("certificate.id"))
    # Why there is none: something has changed since the batch was asked for.
    refusal: Mapped[str] = mapped_column(sa.Text, default="")

    batch: Mapped[Batch] = relationship(back_populates="people")
    user: Mapped[User] = relationship()
    certificate: Mapped[Certificate | None] = relationship()


personal(
    BatchPerson,
    "Как вам выдавали сертификат",
    Purpose.CERTIFICATE,
    of={"user_id": DELETED},
    told="done_at certificate_id refusal",
    free="refusal",
    plain="batch_id place",
)


class Archive(Model):
    """The PDFs of a cohort in one .zip; kept for a while and made anew when asked."""

    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    # What was issued or revoked after that is not in it.
    made_at: Mapped[datetime | None]
    sha256: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    certificates: Mapped[int] = mapped_column(default=0)
    # Why there is no file though it was tried.
    trouble: Mapped[str] = mapped_column(sa.Text, default="")

    @property
    def is_being_made(self) -> bool:
        return self.made_at is None or self.made_at < self.asked_at


impersonal(Archive, "cohort_id asked_at made_at sha256 certificates trouble")
