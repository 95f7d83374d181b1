"""What people have sent, by the day."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.extensions import Model


class SentBytes(Model):
    """How many bytes of files a person has sent on a day, removed ones as well."""

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    total: Mapped[int] = mapped_column(sa.BigInteger, default=0)
