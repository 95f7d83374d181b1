"""Tables of the exchange: which lines neighbours read, and what they ask about them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, personal
from lms.network.partners.models import Partner
from lms.network.practices.models import Asked


class ShownLine(Model):
    """A partner whose «даёт» and «нужно» neighbours read, without name and contact.

    A hidden one stays, for whoever has asked goes on reading the answer.
    """

    __tablename__ = "exchange_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(sa.ForeignKey("partner.id"), unique=True)
    shown_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    shown_at: Mapped[datetime] = mapped_column(default=utcnow)
    hidden_at: Mapped[datetime | None]

    partner: Mapped[Partner] = relationship()

    @classmethod
    def is_read(cls) -> sa.ColumnElement[bool]:
        """Tell the database to find what neighbours read; `partner` is joined."""
        return sa.and_(
            cls.hidden_at.is_(None),
            Partner.until.is_(None),
            Partner.merged_into_id.is_(None),
            sa.or_(Partner.gives != "", Partner.wants != ""),
        )

    @property
    def is_open(self) -> bool:
        """Tell the same of one row."""
        partner = self.partner
        is_present = not (partner.is_closed or partner.merged_into_id)
        return not self.hidden_at and is_present and partner.has_words


personal(
    ShownLine,
    "Строки партнёров, которые вы показали соседним школам",
    Purpose.TERRITORY,
    of={"shown_by_id": NAMELESS},
    told="partner_id shown_at hidden_at",
    words={"partner_id": "партнёр", "shown_at": "показано", "hidden_at": "скрыто"},
    plain="id",
    called="partner_id",
)


class LineQuestion(Asked, Model):
    """What a neighbour asks about a line, and what the school answers."""

    __tablename__ = "exchange_question"

    line_id: Mapped[int] = mapped_column(sa.ForeignKey("exchange_line.id"), index=True)


personal(
    LineQuestion,
    "Ваши вопросы и ответы о партнёрах соседних школ",
    Purpose.TERRITORY,
    of={"asker_id": NAMELESS, "answered_by_id": NAMELESS},
    told="text asked_at answer answered_at",
    free="text answer",
    plain="id line_id school_id form_key",
)
