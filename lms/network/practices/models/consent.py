"""Whom a version of a card quotes, and who agreed to it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, personal
from lms.identity.accounts.models import User
from lms.network.practices.models.kinds import Part

OF_PRACTICE = {"practice_id": "практика"}


class PracticeQuote(Immutable, Model):
    """In one version, a field of the card quotes what a person wrote."""

    practice_id: Mapped[int] = mapped_column(
        sa.ForeignKey("practice.id"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[Part] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        sa.ForeignKey("user.id"), primary_key=True, index=True
    )


personal(
    PracticeQuote,
    "Карточки банка практик, в которых стоят ваши слова",
    Purpose.PLAN,
    of={"user_id": NAMELESS},
    told="practice_id",
    words=OF_PRACTICE,
    plain="version part",
)


class PracticeConsent(Model):
    """What a person said to one version of a card; without a row, nothing."""

    practice_id: Mapped[int] = mapped_column(
        sa.ForeignKey("practice.id"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        sa.ForeignKey("user.id"), primary_key=True, index=True
    )
    agrees: Mapped[bool]
    # Whether the name stands on the card; not unless the person ticks it.
    shows_name: Mapped[bool] = mapped_column(default=False)
    said_at: Mapped[datetime] = mapped_column(default=utcnow)

    user: Mapped[User] = relationship()


personal(
    PracticeConsent,
    "Что вы ответили о карточках банка практик",
    Purpose.PLAN,
    of={"user_id": NAMELESS},
    told="practice_id agrees shows_name said_at",
    words=OF_PRACTICE
    | {
        "agrees": "согласны",
        "shows_name": "назвать вас среди авторов",
        "said_at": "когда ответили",
    },
    plain="version",
)
