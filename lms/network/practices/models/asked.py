"""A question of another school and the one answer to it, whatever it is about."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.form_keys import FromForm
from lms.identity.accounts.models import User
from lms.schools.teams.models import School


class Asked(FromForm):
    """What somebody asks, and what is answered; neither side learns an address."""

    id: Mapped[int] = mapped_column(primary_key=True)
    asker_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(sa.ForeignKey("school.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]

    @declared_attr
    @classmethod
    def asker(cls) -> Mapped[User]:
        return relationship(foreign_keys=[cls.asker_id])

    @declared_attr
    @classmethod
    def answered_by(cls) -> Mapped[User | None]:
        return relationship(foreign_keys=[cls.answered_by_id])

    @declared_attr
    @classmethod
    def school(cls) -> Mapped[School | None]:
        return relationship()
