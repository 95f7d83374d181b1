"""What may be typed about practices."""

import enum
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    SearchField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from lms.core.fields import AddingForm, LineField, TextField, one_line
from lms.network.practices.bank import Filters
from lms.network.practices.filling import LONGEST_TITLE
from lms.network.practices.models import (
    Asked,
    ContactKind,
    Hands,
    Money,
    Part,
    Place,
    Size,
    Time,
)
from lms.network.practices.outsiders import names_refused
from lms.network.practices.writing import LIMITS

# A search changes nothing, so it carries no token.
NO_TOKEN = {"csrf": False}
# What a card is filled with may be much longer, and is stored until it was shortened.
LONGEST = 20_000
KINDS: dict[str, type[enum.Enum]] = {
    "place": Place,
    "size": Size,
    "time": Time,
    "money": Money,
    "hands": Hands,
}


def choices_of(kind: type[enum.Enum], none: str) -> list[SelectChoice]:
    """Offer the values of a kind, and first of all none."""
    return [SelectChoice("", none), *(SelectChoice(o.name, o.value) for o in kind)]


class BankForm(FlaskForm):
    """What to look for in the bank; it stands in the address of the page."""

    MORE: ClassVar[tuple[str, ...]] = tuple(KINDS)

    words = SearchField(
        "О чём", filters=[lambda text: one_line(text or "")], name="q", id="q"
    )
    module = SelectField("Занятие", default="", validate_choice=False)
    place = SelectField("Школа", choices=choices_of(Place, "любая"), default="")
    size = SelectField("Размер", choices=choices_of(Size, "любой"), default="")
    time = SelectField("Время", choices=choices_of(Time, "любое"), default="")
    money = SelectField("Деньги", choices=choices_of(Money, "любые"), default="")
    hands = SelectField("Люди", choices=choices_of(Hands, "сколько угодно"), default="")

    def asked(self) -> dict[str, str]:
        """Return what is asked for; an answer that is not offered is none."""
        asked = {"q": self.words.data[:200]}
        for field in (self.module, *(self[name] for name in KINDS)):
            offered = {str(choice.value) for choice in field.choices}
            asked[field.name] = field.data if field.data in offered else ""
        return {name: value for name, value in asked.items() if value}

    def filters(self) -> Filters:
        """Return what is asked for as the bank understands it."""
        asked = self.asked()
        chosen = {
            name: kind[asked[name]] for name, kind in KINDS.items() if name in asked
        }
        module = int(asked["module"]) if "module" in asked else None
        return Filters(asked.get("q", ""), module, chosen)


class CardForm(FlaskForm):
    """The words of a card; what is too long is stored and shortened later."""

    PARTS: ClassVar[tuple[str, ...]] = tuple(part.column for part in Part)

    title = LineField("Название", LONGEST_TITLE, InputRequired("Назовите практику."))
    what = TextField(Part.WHAT.value, LONGEST)
    how = TextField(Part.HOW.value, LONGEST)
    result = TextField(Part.RESULT.value, LONGEST)
    failed = TextField(
        Part.FAILED.value,
        LONGEST,
        description="Самое полезное для другой школы: что сорвалось и что бы вы теперь"
        " сделали иначе.",
    )
    for_whom = TextField(Part.FOR_WHOM.value, LONGEST)
    resources = TextField(Part.RESOURCES.value, LONGEST)
    place = SelectField("Где ваша школа", choices=choices_of(Place, "не выбрано"))
    size = SelectField("Сколько учеников", choices=choices_of(Size, "не выбрано"))
    time = SelectField("Сколько времени заняло", choices=choices_of(Time, "не выбрано"))
    money = SelectField("Сколько денег", choices=choices_of(Money, "не выбрано"))
    hands = SelectField("Сколько взрослых", choices=choices_of(Hands, "не выбрано"))
    contact_kind = SelectField(
        "Вопросы от других школ",
        choices=[SelectChoice(kind.name, kind.value) for kind in ContactKind],
    )

    def show(self, practice: Any) -> None:
        """Fill the form with a card."""
        for name in ("title", *self.PARTS):
            self[name].data = getattr(practice, name)
        for name in (*KINDS, "contact_kind"):
            chosen = getattr(practice, name)
            self[name].data = chosen.name if chosen else ""

    @property
    def values(self) -> dict[str, Any]:
        """Return what was typed by column of the card."""
        texts = {name: self[name].data or "" for name in ("title", *self.PARTS)}
        chosen = {
            name: kind[self[name].data] if self[name].data else None
            for name, kind in KINDS.items()
        }
        contact = ContactKind[self.contact_kind.data]
        return texts | chosen | {"contact_kind": contact}

    @staticmethod
    def limit(name: str) -> int:
        """Return how many signs of a field the page counts."""
        return LIMITS[Part[name.upper()]]


class WordsForm(FlaskForm):
    """Which words that look like names may stand."""

    words = SelectMultipleField("Слова", validate_choice=False)


class VersionForm(FlaskForm):
    """Which version of the card the page showed."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class AnswerForm(VersionForm):
    """Yes or no to a version, and whether the name stands below it."""

    agrees = SelectField(
        "Ваш ответ",
        [InputRequired("Выберите ответ: за вас сайт не отвечает.")],
        choices=[
            SelectChoice("", "выберите ответ"),
            SelectChoice("yes", "Согласны: мои слова можно показать"),
            SelectChoice("no", "Не согласны: пусть карточка выйдет без моих слов"),
        ],
    )
    shows_name = BooleanField("Назвать меня среди авторов")


class GiveBackForm(VersionForm):
    """What the team should mend."""

    note = TextField("Что исправить", 1000, InputRequired("Напишите, что исправить."))


class UseForm(FlaskForm):
    """What came of a practice in another school."""

    said = LineField("Что из этого вышло, одной строкой", 200)

    def validate_said(self, field: LineField) -> None:
        if wrong := names_refused(field.data or ""):
            raise ValidationError(wrong)


class QuestionForm(AddingForm):
    """A question to the team of a card."""

    text = TextField(
        "Вопрос авторам", 1000, InputRequired("Напишите вопрос."), id="question-text"
    )


class ReplyForm(FlaskForm):
    """What is answered; a page has one for each open question."""

    text = TextField("Ответ", 2000, InputRequired("Напишите ответ."))

    def __init__(self, question_id: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.text.id = self.text.label.field_id = f"reply-{question_id}"


def reply_forms(
    questions: Iterable[Asked], refused: Mapping[int, ReplyForm]
) -> dict[int, ReplyForm]:
    """Return a form for each open question; a refused one as it was typed."""
    waiting = [one.id for one in questions if not one.answered_at]
    return {key: ReplyForm(key, formdata=None) for key in waiting} | dict(refused)


class KindForm(FlaskForm):
    """What a school says of itself, to find schools like it."""

    place = SelectField(
        "Где ваша школа", choices=choices_of(Place, "не выбрано"), id="school-place"
    )
    size = SelectField(
        "Сколько учеников", choices=choices_of(Size, "не выбрано"), id="school-size"
    )

    @property
    def kind(self) -> tuple[Place, Size] | None:
        """Return both answers, or nothing while one is missing."""
        if not (self.place.data and self.size.data):
            return None
        return Place[self.place.data], Size[self.size.data]
