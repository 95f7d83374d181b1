"""The journal of what people with power did: append-only."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Ground, Purpose, personal


class AuditEvent(Immutable, Model):
    """Who did what, on which object, and what it was before and after."""

    __table_args__ = (
        sa.Index("ix_audit_event_object", "object_type", "object_id"),
        sa.Index("ix_audit_event_actor", "actor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    action: Mapped[str] = mapped_column(sa.String(60))
    object_type: Mapped[str] = mapped_column(sa.String(40))
    object_id: Mapped[str] = mapped_column(sa.String(60))
    # What it was called at that moment.
    object_title: Mapped[str] = mapped_column(sa.String(200), default="")
    before: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)

    # By name, because people come after the journal in the order of the house.
    actor: Mapped[Any] = relationship("User")


personal(
    AuditEvent,
    "Журнал действий",
    Purpose.SAFETY,
    of={"actor_id": NAMELESS},
    of_staff=True,
    ground=Ground.INTEREST,
    told="at action",
    names="object_title before after",
    plain="id object_type object_id",
)
