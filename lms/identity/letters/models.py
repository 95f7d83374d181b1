"""The kinds of letters, and which of them a person has switched off."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import DELETED, Purpose, personal


class Letter(enum.Enum):
    """What a letter is about. The value is what people read.

    Letters about the password are no kind: nobody can switch them off.
    """

    RETURNED = "Работу вернули на доработку"
    ACCEPTED = "Работу зачли"
    CERTIFICATE = "Сертификат выдан, исправлен или отозван"
    FROM_TUTOR = "Тьютор или координатор пишет вашей команде, капитан напоминает"
    URGENT = "Срочное объявление"
    OPENING = "Открылось занятие"
    UPDATE = "Обновили занятие, по которому команда пишет работу"
    REMINDER = "Срок работы или мероприятия подходит или прошёл"
    DEFERRAL = "Отсрочка: просьбы и ответы"
    MEETING = "Встречи: новые, перенесённые, сегодня и завтра"
    ANNOUNCEMENT = "Объявления"
    TALK = "Разговоры о работах и проекте школы: вопросы, ответы, просьбы пересмотреть"
    QUEUE = "Сколько работ ждут проверки"
    MENTOR = "Наставники: запросы, ответы, напоминания"
    NETWORK = "Школы друг для друга: практики, библиотека, вопросы о партнёрах"
    SCHOOLS = "Как идут школы ваших территорий"


AT_ONCE = frozenset(
    {
        Letter.RETURNED,
        Letter.ACCEPTED,
        Letter.CERTIFICATE,
        Letter.FROM_TUTOR,
        Letter.URGENT,
        Letter.MENTOR,
        Letter.NETWORK,
    }
)
MONTHLY = frozenset({Letter.SCHOOLS})
DAILY = frozenset(Letter) - AT_ONCE - MONTHLY


class SwitchedOff(Model):
    """A person does not want a kind of letters; without a row they are sent."""

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    letter: Mapped[Letter] = mapped_column(primary_key=True)
    switched_off_at: Mapped[datetime] = mapped_column(default=utcnow)


personal(
    SwitchedOff,
    "Какие письма вы отключили",
    Purpose.LETTERS,
    of={"user_id": DELETED},
    told="letter switched_off_at",
)
