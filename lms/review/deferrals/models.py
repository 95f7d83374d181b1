"""Requests for more days, and what became of them."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import NAMELESS, Purpose, personal
from lms.identity.accounts.models import User
from lms.work.submissions.models import Submission


class DeferralState(enum.Enum):
    """What became of a request. The value is what people read."""

    OPEN = "ждёт ответа"
    GRANTED = "срок продлён"
    DECLINED = "срок остался прежним"
    WITHDRAWN = "команда отозвала просьбу"
    SETTLED = "не понадобилась: работу отправили или зачли раньше ответа"


class Deferral(FromForm, Model):
    """A team asks that a work be due later, and is answered once."""

    __table_args__ = (
        # A work has one request at a time.
        sa.Index(
            "uq_deferral_open",
            "submission_id",
            unique=True,
            sqlite_where=sa.text("state = 'OPEN'"),
            postgresql_where=sa.text("state = 'OPEN'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), index=True
    )
    state: Mapped[DeferralState] = mapped_column(default=DeferralState.OPEN)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    # The due day when the team asked, and the one that it would like.
    due_on: Mapped[date]
    wanted_on: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.Text)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    granted_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")

    submission: Mapped[Submission] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    @property
    def is_open(self) -> bool:
        return self.state is DeferralState.OPEN

    @property
    def is_granted(self) -> bool:
        return self.state is DeferralState.GRANTED

    @property
    def is_declined(self) -> bool:
        return self.state is DeferralState.DECLINED

    @property
    def is_settled(self) -> bool:
        return self.state is DeferralState.SETTLED


personal(
    Deferral,
    "Просьбы о времени: ваши и те, на которые вы ответили",
    Purpose.REVIEW,
    of={"asked_by_id": NAMELESS, "decided_by_id": NAMELESS},
    told="submission_id state wanted_on reason asked_at granted_on answer",
    free="reason answer",
    plain="id due_on decided_at form_key",
)
