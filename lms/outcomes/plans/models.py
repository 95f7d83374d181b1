"""What a team changed in its plan."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, personal
from lms.identity.accounts.models import User
from lms.work.submissions.models import Attempt


class PlanEdit(Model):
    """The team's own wording of one paragraph; the accepted work stays as it is."""

    __table_args__ = (sa.UniqueConstraint("team_id", "module_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), index=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"))
    key: Mapped[str] = mapped_column(sa.String(60))
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text)
    # The accepted attempt whose words the team had before its eyes.
    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"))
    version: Mapped[int] = mapped_column(default=1)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    saved_at: Mapped[datetime] = mapped_column(default=utcnow)

    author: Mapped[User] = relationship()
    attempt: Mapped[Attempt] = relationship()


personal(
    PlanEdit,
    "Ваши правки плана школы",
    Purpose.PLAN,
    of={"author_id": NAMELESS},
    told="team_id module_id text saved_at",
    free="text html",
    plain="id key attempt_id version",
)
