"""What a card is, what it cost, and what kind of school tells it."""

import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.extensions import Model
from lms.core.personal import impersonal


class PracticeState(enum.Enum):
    """Where a card is on its way. The value is what people read."""

    DRAFT = "черновик"
    CONSENT = "согласие команды"
    EDITOR = "у редактора"
    PUBLISHED = "опубликована"
    RETURNED = "возвращена"
    WITHDRAWN = "отозвана"


class Part(enum.Enum):
    """A field of the card, by the name of its column. The value is what people read."""

    WHAT = "Что сделали"
    HOW = "Как это делали"
    RESULT = "Что получилось"
    FAILED = "Что не получилось"
    FOR_WHOM = "Кому подойдёт"
    RESOURCES = "Что понадобилось"

    @property
    def column(self) -> str:
        return self.name.lower()


class Place(enum.Enum):
    """Where a school stands. The value is what people read."""

    CITY = "большой город"
    TOWN = "малый город"
    VILLAGE = "село или посёлок"


class Size(enum.Enum):
    """How large a school is. The value is what people read."""

    SMALL = "до 200 учеников"
    MIDDLE = "200–600 учеников"
    LARGE = "больше 600 учеников"


class Time(enum.Enum):
    """How long it took. The value is what people read."""

    MONTH = "до месяца"
    QUARTER = "четверть"
    YEAR = "полгода и дольше"


class Money(enum.Enum):
    """What it cost. The value is what people read."""

    NONE = "без денег"
    LITTLE = "до 30 тысяч рублей"
    MORE = "больше 30 тысяч рублей"


class Hands(enum.Enum):
    """How many adults it took. The value is what people read."""

    FEW = "до трёх взрослых"
    SOME = "4–10 взрослых"
    MANY = "больше десяти взрослых"


class ContactKind(enum.Enum):
    """What the team is ready for. The value is what people read."""

    QUESTIONS = "отвечаем на вопросы"
    VISITS = "отвечаем и принимаем гостей"
    NONE = "вопросов не ждём"


class SchoolKind(Model):
    """What a school says of itself, by which schools like it are found."""

    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"), primary_key=True)
    place: Mapped[Place]
    size: Mapped[Size]


impersonal(SchoolKind, "school_id place size", called="school_id")
