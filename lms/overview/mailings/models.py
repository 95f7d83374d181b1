"""Letters to a group, and what became of each person's copy."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import DELETED, NAMELESS, Term, personal
from lms.core.personal import Purpose as KeptFor
from lms.core.retention import LETTERS_LAST, forget_after
from lms.course.cohorts.models import Cohort
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team


class Purpose(enum.Enum):
    """Why a group is written to. The value is what people read."""

    WORK = "Ещё не прислали работу"
    QUIET = "Давно без движения"
    RETURNED = "Вернули, а правок нет"
    HEADLESS = "Без капитана"
    QUIZ = "Самопроверка не пройдена"
    LAST = "Осталось одно условие"
    # The only letter that a team writes to itself; nobody types it.
    REMINDER = "Капитан напоминает команде"

    @property
    def is_about_people(self) -> bool:
        """Tell a letter about what each has to do alone from one about the team."""
        return self in {Purpose.QUIZ, Purpose.LAST, Purpose.REMINDER}


class Outcome(enum.Enum):
    """What became of one person's copy. The value is what people read."""

    WAITING = "в очереди"
    SENDING = "уходит"
    # Only a server that stopped between the two words leaves this behind.
    INTERRUPTED = "сервер прервался при отправке, письмо могло не уйти"
    SENT = "ушло"
    KEPT = "не ушло: почта не настроена, письмо лежит в папке"
    NEEDLESS = "не отправлено: уже не нужно"
    LEFT = "не отправлено: человека больше нет в команде"
    CLOSED = "не отправлено: доступ закрыт"
    UNWANTED = "не отправлено: такие письма отключены"

    @property
    def is_over(self) -> bool:
        return self not in {Outcome.WAITING, Outcome.SENDING}


class Mailing(FromForm, Model):
    """One letter to a group, as its author wrote it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), index=True)
    purpose: Mapped[Purpose]
    module_id: Mapped[int | None] = mapped_column(sa.ForeignKey("module.id"))
    # What the group was called at that moment.
    title: Mapped[str] = mapped_column(sa.String(300))
    subject: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    form_key: Mapped[str] = mapped_column(sa.String(36), unique=True)

    cohort: Mapped[Cohort] = relationship()
    module: Mapped[Module | None] = relationship()
    author: Mapped[User] = relationship()
    recipients: Mapped[list["Recipient"]] = relationship(back_populates="mailing")


personal(
    Mailing,
    "Письма, которые вы написали командам",
    KeptFor.LETTERS,
    of={"author_id": NAMELESS},
    term=Term.NIGHTLY,
    of_staff=True,
    told="title subject text created_at",
    words={"title": "кому"},
    free="title subject text",
    plain="id cohort_id purpose module_id form_key",
    called="subject",
)


class Recipient(Model):
    """Somebody to whom a mailing goes, if it is still needed by then."""

    mailing_id: Mapped[int] = mapped_column(
        sa.ForeignKey("mailing.id"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"))
    outcome: Mapped[Outcome] = mapped_column(default=Outcome.WAITING)
    settled_at: Mapped[datetime | None]

    mailing: Mapped[Mailing] = relationship(back_populates="recipients")
    user: Mapped[User] = relationship()
    team: Mapped[Team] = relationship()


personal(
    Recipient,
    "Письма тьютора и координатора, которые вам отправлены",
    KeptFor.LETTERS,
    of={"user_id": DELETED},
    term=Term.NIGHTLY,
    told="mailing_id team_id outcome settled_at",
    words={"outcome": "что с ним"},
)


forget_after(LETTERS_LAST, Recipient.settled_at, what="кому ушли письма командам")
forget_after(
    LETTERS_LAST,
    Mailing.created_at,
    sa.not_(sa.exists().where(Recipient.mailing_id == Mailing.id)),
    what="письма командам",
)
