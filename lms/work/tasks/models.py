"""Which task a draft answered before its team took a newer one."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, personal
from lms.course.modules.models import Revision


class TaskSwitch(Immutable, Model):
    """A team has taken a newer task for its draft."""

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), index=True
    )
    before_id: Mapped[int] = mapped_column(sa.ForeignKey("revision.id"))
    after_id: Mapped[int] = mapped_column(sa.ForeignKey("revision.id"))
    switched_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    switched_at: Mapped[datetime] = mapped_column(default=utcnow)

    before: Mapped[Revision] = relationship(foreign_keys=before_id)


personal(
    TaskSwitch,
    "Переходы команды на новое задание",
    Purpose.STUDY,
    of={"switched_by_id": NAMELESS},
    told="submission_id switched_at",
    plain="id before_id after_id",
)
