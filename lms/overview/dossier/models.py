"""The copy of one's own data, once it is made."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.extensions import Model
from lms.core.personal import DELETED, Purpose, Term, personal
from lms.core.retention import forget_after
from lms.identity.requests.models import DataRequest

LASTS = timedelta(days=7)


class Export(Model):
    """One .zip of all that a person is given; the file goes after its row."""

    request_id: Mapped[int] = mapped_column(
        sa.ForeignKey("data_request.id"), primary_key=True
    )
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"), index=True)
    size: Mapped[int]
    made_at: Mapped[datetime]

    request: Mapped[DataRequest] = relationship()

    @property
    def ends_at(self) -> datetime:
        return self.made_at + LASTS


personal(
    Export,
    "Собранные копии ваших данных",
    Purpose.SAFETY,
    of={"request_id.user_id": DELETED},
    term=Term.NIGHTLY,
    told="made_at",
    plain="request_id sha256 size",
)
forget_after(LASTS, Export.made_at, what="собранные копии своих данных")
