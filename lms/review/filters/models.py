"""What a tutor looks at again and again."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.extensions import Model
from lms.core.personal import DELETED, Purpose, personal


class SavedFilter(Model):
    """A part of the queue under a name of its own; one tutor's, not shared."""

    __table_args__ = (sa.UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(sa.String(60))
    # What the address of the queue says: {"state": …, "cohort": …, "module": …}.
    address: Mapped[dict[str, Any]]


personal(
    SavedFilter,
    "Ваши отборы в очереди проверки",
    Purpose.REVIEW,
    of={"user_id": DELETED},
    of_staff=True,
    told="name",
    plain="id address",
)
