"""The second factor of a person, and the codes for the day the phone is lost."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import DELETED, Purpose, personal
from lms.identity.accounts.models import REQUEST, User


class SecondFactor(Model):
    """What makes the secret of an app on somebody's phone.

    The secret itself is worked out from the nonce and the key of the site: a stolen
    database or backup opens no account.
    """

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    nonce: Mapped[str] = mapped_column(sa.String(64))
    begun_at: Mapped[datetime] = mapped_column(default=utcnow)
    # Nobody is asked for a factor before the phone has shown the first right code.
    confirmed_at: Mapped[datetime | None]
    # The half-minute of the last code that was taken: none is taken twice.
    last_step: Mapped[int] = mapped_column(sa.BigInteger, default=0)

    user: Mapped[User] = relationship()


personal(
    SecondFactor,
    "Вход с кодом из приложения",
    Purpose.SAFETY,
    of={"user_id": DELETED},
    of_staff=True,
    told="begun_at confirmed_at",
    withheld="nonce",
    plain="last_step",
)


class RecoveryCode(Model):
    """One code on the paper of a person, good for one sign-in."""

    __table_args__ = (sa.UniqueConstraint("user_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    used_at: Mapped[datetime | None]


personal(
    RecoveryCode,
    "Запасные коды для входа",
    Purpose.SAFETY,
    of={"user_id": DELETED},
    of_staff=True,
    told="used_at",
    withheld="code_hash",
    plain="id",
)


# Read with the person who looks: a page may have to ask for a factor first.
User.__mapper__.add_property(
    "has_factor",
    column_property(
        sa.exists()
        .where(SecondFactor.user_id == User.id, SecondFactor.confirmed_at.is_not(None))
        .correlate_except(SecondFactor),
        deferred=True,
        group=REQUEST,
    ),
)
