"""What a team changed in its plan, and what became of what it planned."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team
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


class PlanAction(FromForm, Model):
    """One line of «план и факт»: what, who answers for it, when, done or why not."""

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), index=True)
    what: Mapped[str] = mapped_column(sa.String(300))
    who: Mapped[str] = mapped_column(sa.String(200))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    why_not: Mapped[str] = mapped_column(sa.String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    team: Mapped[Team] = relationship()
