"""Partners of a school and the agreements with them; a closed one stays."""

import enum
from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, personal
from lms.core.storage import NamedFile
from lms.core.together import EditedTogether
from lms.identity.accounts.models import User
from lms.schools.teams.models import School
from lms.work.submissions.models import Attempt

# So many days before its end people are reminded of an agreement.
NOTICE = 30


class PartnerKind(enum.Enum):
    """Who a partner is. The value is what people read."""

    UNIVERSITY = "вуз"
    COLLEGE = "колледж"
    SCHOOL = "школа"
    NURSERY = "детский сад"
    EXTRA = "доп. образование"
    CULTURE = "культура"
    SPORT = "спорт"
    HEALTH = "здравоохранение"
    BUSINESS = "предприятие"
    CHARITY = "НКО"
    POWER = "власть"
    PARENTS = "родители"
    GRADUATES = "выпускники"


class AgreementKind(enum.Enum):
    """How something is agreed. The value is what people read."""

    CONTRACT = "договор"
    AGREEMENT = "соглашение"
    LETTER = "письмо"
    SPOKEN = "устно"


class Partner(EditedTogether, Model):
    """Somebody around the school; its cohorts come and go, the partner stays."""

    __table_args__ = (sa.UniqueConstraint("school_id", "name_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"))
    name: Mapped[str] = mapped_column(sa.String(200))
    # The name as names are compared (`key_of`).
    name_key: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[PartnerKind]
    gives: Mapped[str] = mapped_column(sa.Text, default="")
    wants: Mapped[str] = mapped_column(sa.Text, default="")
    # Whom to ask for there, and how; for the eyes of the school alone.
    person: Mapped[str] = mapped_column(sa.String(200), default="")
    contact: Mapped[str] = mapped_column(sa.String(200), default="")
    # Who of the school's team comes from there.
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    keeper_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    since: Mapped[date | None]
    # The last day; None: it lasts.
    until: Mapped[date | None]
    added_at: Mapped[datetime] = mapped_column(default=utcnow)
    # Under whose card it is read, since it was found to be the same partner.
    merged_into_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("partner.id"), index=True
    )
    # The card to which it was merged itself; that one may have been merged since.
    joined_to_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("partner.id"), index=True
    )
    # The accepted work that named the partner, and the mark of the line there.
    source_attempt_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("attempt.id"), index=True
    )
    source_line: Mapped[str] = mapped_column(sa.String(16), default="")

    school: Mapped[School] = relationship()
    member: Mapped[User | None] = relationship(foreign_keys=member_id)
    keeper: Mapped[User | None] = relationship(foreign_keys=keeper_id)
    source: Mapped[Attempt | None] = relationship()
    merged: Mapped[list["Partner"]] = relationship(
        back_populates="merged_into",
        foreign_keys=merged_into_id,
        order_by="Partner.id",
    )
    merged_into: Mapped["Partner | None"] = relationship(
        back_populates="merged", foreign_keys=merged_into_id, remote_side=id
    )
    agreements: Mapped[list["Agreement"]] = relationship(
        back_populates="partner", order_by="Agreement.id"
    )

    @property
    def all_agreements(self) -> list["Agreement"]:
        """Return those of every card under which the partner is known."""
        return [one for card in (self, *self.merged) for one in card.agreements]

    @property
    def is_closed(self) -> bool:
        return self.until is not None

    @property
    def has_words(self) -> bool:
        """Tell whether anything is said of what the partner gives or needs."""
        return bool(self.gives or self.wants)


def cards_among(partners: Iterable[Partner]) -> list[Partner]:
    """Return some partners, each once and under the card that stays."""
    cards = (one.merged_into or one for one in partners)
    return list({card.id: card for card in cards}.values())


personal(
    Partner,
    "Партнёры школы, с которыми вы держите связь",
    Purpose.PLAN,
    of={"keeper_id": NAMELESS, "member_id": NAMELESS},
    told="name since until",
    free="gives wants person contact",
    plain="id school_id name_key kind added_at version form_key"
    " merged_into_id joined_to_id source_attempt_id source_line",
    called="name",
)


class Agreement(EditedTogether, Model):
    """What binds a partner and the school, from a day on and up to another."""

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(sa.ForeignKey("partner.id"), index=True)
    kind: Mapped[AgreementKind]
    number: Mapped[str] = mapped_column(sa.String(60), default="")
    signed_on: Mapped[date | None]
    # The last day; None: without a term.
    ends_on: Mapped[date | None]

    # When a letter has left that reminds of the last day, and to whom.
    reminded_at: Mapped[datetime | None]
    reminded_to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    partner: Mapped[Partner] = relationship(back_populates="agreements")
    files: Mapped[list["AgreementFile"]] = relationship(order_by="AgreementFile.id")

    @property
    def title(self) -> str:
        """«договор № 12»."""
        number = f" № {self.number}" if self.number else ""
        return f"{self.kind.value}{number}"

    def ends_soon(self, on: date) -> bool:
        """Tell whether its last day is near, and has not passed."""
        return self.ends_on is not None and 0 <= (self.ends_on - on).days <= NOTICE

    def is_over(self, on: date) -> bool:
        """Tell whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < on


personal(
    Agreement,
    "Договорённости, о сроке которых вам напомнили",
    Purpose.LETTERS,
    of={"reminded_to_id": NAMELESS},
    told="number",
    free="number",
    plain="id partner_id kind signed_on ends_on reminded_at version form_key",
    called="partner_id",
)


class AgreementFile(NamedFile, Model):
    """A scan or a text of an agreement."""

    __table_args__ = (sa.UniqueConstraint("agreement_id", "sha256", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"))
    uploaded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    uploaded_at: Mapped[datetime] = mapped_column(default=utcnow)


personal(
    AgreementFile,
    "Файлы договорённостей, которые вы приложили",
    Purpose.PLAN,
    of={"uploaded_by_id": NAMELESS},
    told="name uploaded_at",
    files={"sha256": "name"},
    plain="id agreement_id media_type size",
    called="name",
)
