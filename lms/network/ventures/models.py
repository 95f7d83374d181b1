"""Tables of joint projects; a project of S2, the school's own, is another thing."""

import enum
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.extensions import Model
from lms.core.personal import impersonal
from lms.core.together import EditedTogether
from lms.network.partners.models import Partner, cards_among
from lms.schools.teams.models import School


class VentureKind(enum.Enum):
    """What a joint project is. The value is what people read."""

    SOCIAL = "социальный"
    ACROSS = "межпредметный"
    SUBJECT = "предметный"
    RESEARCH = "исследовательский"
    CREATIVE = "творческий"


class Authors(enum.Enum):
    """Whose idea a joint project is. The value is what people read."""

    PUPILS = "ученики"
    TEACHER = "учитель"
    PARENTS = "родители"
    TOGETHER = "вместе"


class Venture(EditedTogether, Model):
    """A joint project of a school: with whom, by whom, and what came of it."""

    __tablename__ = "joint_project"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[VentureKind]
    goal: Mapped[str] = mapped_column(sa.Text, default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    authors: Mapped[Authors]
    participants: Mapped[int | None]
    # In words, and as a number of something: 106 кг.
    result: Mapped[str] = mapped_column(sa.Text, default="")
    amount: Mapped[int | None]
    unit: Mapped[str] = mapped_column(sa.String(60), default="")
    press: Mapped[str] = mapped_column(sa.String(500), default="")

    school: Mapped[School] = relationship()
    partners: Mapped[list[Partner]] = relationship(
        secondary="joint_project_partner", order_by=Partner.name_key
    )

    @property
    def outcome(self) -> str:
        """What came of it in words and as a number: «Собрали макулатуру, 106 кг»."""
        amount = f"{self.amount} {self.unit}" if self.amount is not None else ""
        told = self.result.strip().removesuffix("."), amount.strip()
        return ", ".join(one for one in told if one) if amount else self.result.strip()

    @property
    def cards(self) -> list[Partner]:
        """Return the partners, each under the card that stays."""
        return cards_among(self.partners)


class VenturePartner(Model):
    """A partner takes part in a joint project."""

    __tablename__ = "joint_project_partner"

    venture_id: Mapped[int] = mapped_column(
        sa.ForeignKey("joint_project.id"), primary_key=True
    )
    partner_id: Mapped[int] = mapped_column(
        sa.ForeignKey("partner.id"), primary_key=True, index=True
    )


impersonal(
    Venture,
    "id school_id kind starts_on ends_on authors participants amount version form_key",
    free="title goal result unit press",
    called="title",
)
impersonal(VenturePartner, "venture_id partner_id", called="venture_id")
