"""What a person has asked about their data, and what became of it."""

import enum
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.language import today
from lms.core.personal import KEPT, Ground, Purpose, personal
from lms.identity.accounts.models import User

# The consent promises ten working days.
ANSWERED_WITHIN = timedelta(days=10)


class RequestKind(enum.Enum):
    """What is asked for. The value is what people read."""

    EXPORT = "выгрузка"
    ERASURE = "удаление"
    WITHDRAWAL = "отзыв согласия"


def _due_on() -> date:
    return today() + ANSWERED_WITHIN


class DataRequest(Model):
    """A person asks once at a time for a copy, an erasure, or an end of consent."""

    __table_args__ = (
        sa.Index(
            "uq_data_request_open",
            "user_id",
            "kind",
            unique=True,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    kind: Mapped[RequestKind]
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    due_on: Mapped[date] = mapped_column(default=_due_on)
    # When it was answered, or taken back; `note` says how, `by` who did it.
    done_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(sa.Text, default="")

    user: Mapped[User] = relationship(foreign_keys=user_id)
    by: Mapped[User | None] = relationship(foreign_keys=by_id)

    @property
    def is_open(self) -> bool:
        return self.done_at is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < today()


personal(
    DataRequest,
    "Ваши просьбы о своих данных",
    Purpose.SAFETY,
    of={"user_id": KEPT},
    ground=Ground.LAW,
    told="kind asked_at due_on done_at note",
    words={"kind": "о чём", "due_on": "до какого дня ответим", "note": "что сделано"},
    others="by_id",
    free="note",
    plain="id",
)
