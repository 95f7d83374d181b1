"""What people have sent, by the day."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.extensions import Model
from lms.core.personal import DELETED, Purpose, Term, personal


class SentBytes(Model):
    """How many bytes of files a person has sent on a day, removed ones as well."""

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    total: Mapped[int] = mapped_column(sa.BigInteger, default=0)


personal(
    SentBytes,
    "Сколько файлов вы прислали за день",
    Purpose.SAFETY,
    of={"user_id": DELETED},
    term=Term.NIGHTLY,
    told="day total",
)
