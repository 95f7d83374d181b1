"""The mark that a database holds the demonstration."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import impersonal


class Demonstration(Model):
    """One row in a database of invented people; a real site refuses to start on it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(default=utcnow)
    # Nothing while it is being filled, or when that was cut off.
    filled_at: Mapped[datetime | None]


impersonal(Demonstration, "id begun_at filled_at")
