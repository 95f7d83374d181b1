"""In which field a person is; true for less than a minute."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.extensions import Model
from lms.core.personal import DELETED, Purpose, Term, personal


class Presence(Model):
    """A person was in a field at a moment: one row for a person and a work."""

    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(60))
    seen_at: Mapped[datetime]


personal(
    Presence,
    "В каком поле черновика вы сейчас",
    Purpose.STUDY,
    of={"user_id": DELETED},
    term=Term.NIGHTLY,
    told="submission_id seen_at",
    plain="key",
)
