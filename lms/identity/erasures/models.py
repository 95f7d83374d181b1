"""Erasures of people, and the texts of others that may still name them."""

import enum
import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.names import ERASED
from lms.core.personal import KEPT, Ground, Purpose, impersonal, personal
from lms.identity.accounts.models import User
from lms.identity.requests.models import DataRequest


def name_of_erased(user_id: int) -> str:
    """Return what an erased person is called wherever they are named."""
    return f"{ERASED}{user_id}"


class Erasure(Model):
    """How far the erasure is that a request asks for."""

    request_id: Mapped[int] = mapped_column(
        sa.ForeignKey("data_request.id"), primary_key=True
    )
    # Until then it can be called off.
    erase_at: Mapped[datetime]
    # Nobody has asked: the time is over for which the account is kept.
    is_by_term: Mapped[bool] = mapped_column(default=False)
    called_off_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    # When the texts of others were read through for the last time.
    searched_at: Mapped[datetime | None]
    # By what names they are searched (`KnownAs`); emptied when all is decided.
    known_as: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)

    request: Mapped[DataRequest] = relationship()

    @property
    def can_be_called_off(self) -> bool:
        return self.erased_at is None and self.called_off_at is None

    @property
    def is_due(self) -> bool:
        return self.can_be_called_off and self.erase_at <= utcnow()


class Decision(enum.Enum):
    """What was done about a text with a name. The value is what people read."""

    REMOVED = "имя убрано"
    LEFT = "оставлено"


class Mention(Model):
    """A row of any table in which somebody typed what may be the person's name."""

    __table_args__ = (sa.UniqueConstraint("request_id", "table_name", "row_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("erasure.request_id"))
    table_name: Mapped[str] = mapped_column(sa.String(63))
    # The values of its primary key, as JSON.
    row_key: Mapped[str] = mapped_column(sa.String(200))
    found_at: Mapped[datetime] = mapped_column(default=utcnow)
    decision: Mapped[Decision | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]

    erasure: Mapped[Erasure] = relationship()
    decided_by: Mapped[User | None] = relationship()

    @property
    def key(self) -> list[str]:
        values: list[str] = json.loads(self.row_key)
        return values


impersonal(
    Erasure,
    "request_id erase_at is_by_term called_off_at erased_at searched_at known_as",
)
personal(
    Mention,
    "Что вы решили об именах в чужих текстах",
    Purpose.SAFETY,
    of={"decided_by_id": KEPT},
    ground=Ground.LAW,
    told="decision decided_at",
    plain="id request_id table_name row_key found_at",
)
