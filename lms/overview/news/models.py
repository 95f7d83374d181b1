"""Which things with news a person has opened since."""

import enum
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import DELETED, Purpose, Term, personal
from lms.core.retention import forget_after

# What is older than this is no news to anybody.
LASTS = timedelta(days=60)


class Topic(enum.Enum):
    """What news is about. The value is what people read."""

    WORK = "работа"
    LESSON = "занятие"
    MEETING = "встреча"
    CERTIFICATE = "сертификат"


class Glance(Model):
    """A person has opened a thing that had news; what came before is new no more."""

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    topic: Mapped[Topic] = mapped_column(primary_key=True)
    # The id of a work, a lesson, a meeting or a certificate, as the topic says.
    thing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime] = mapped_column(default=utcnow)


personal(
    Glance,
    "Какие новости вы открыли",
    Purpose.STUDY,
    of={"user_id": DELETED},
    term=Term.NIGHTLY,
    told="topic seen_at",
    plain="thing_id",
)


forget_after(LASTS, Glance.seen_at, what="кто открыл то, о чём были новости")
