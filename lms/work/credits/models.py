"""The works that a person has to show."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, personal
from lms.course.modules.models import Module


class Credit(Immutable, Model):
    """A person has the work of a module: it was accepted, or the tutor excused it.

    Written for each member at the moment of acceptance, so nobody loses it when
    people, rules or lessons change.
    """

    __table_args__ = (sa.UniqueConstraint("user_id", "cohort_id", "module_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), index=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"))
    submission_id: Mapped[int | None] = mapped_column(sa.ForeignKey("submission.id"))
    excused_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    credited_at: Mapped[datetime] = mapped_column(default=utcnow)

    module: Mapped[Module] = relationship()


personal(
    Credit,
    "Работы, которые вам зачтены",
    Purpose.CERTIFICATE,
    of={"user_id": NAMELESS},
    told="cohort_id module_id reason credited_at",
    words={"reason": "почему зачтено без работы"},
    others="excused_by_id",
    free="reason",
    plain="id submission_id",
)
