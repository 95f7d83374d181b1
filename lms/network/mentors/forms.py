"""What may be typed about mentors and requests."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from lms.core.choices import RowField, TicksField
from lms.core.fields import (
    AddingForm,
    ClockField,
    DayField,
    LineField,
    NumberField,
    TextField,
)
from lms.core.language import site_zone
from lms.core.search import fold
from lms.network.mentors.listing import Helper
from lms.network.mentors.models import TOPICS, Help, Mentor, MentorRequest, Reach
from lms.network.mentors.offers import Offer
from lms.network.partners.rules import contact_in

LONG = 1000
MOST_HOURS = 40
NOT_SAID = 0


class HelpsField(TicksField):
    """Boxes to tick, one at least."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if not self.data:
            raise ValidationError("Отметьте, как вы помогаете: хотя бы одно.")


class OfferForm(FlaskForm):
    """What a mentor offers; the topics stand one to a line."""

    topics = TextField(
        "Темы",
        700,
        InputRequired("Назовите хотя бы одну тему."),
        description=f"От одной до {TOPICS}, каждая с новой строки. По ним вас ищут,"
        " поэтому пишите, чему научите: «Как составить наставнические пары».",
    )
    helps = HelpsField("Как помогаете", choices=[])
    hours_a_month = NumberField("Сколько часов в месяц", 1, MOST_HOURS, default=4)
    reach = RadioField("Кому вас показывать", choices=[], default=Reach.DISTRICT.name)
    about = TextField(
        "О вас как наставнике",
        LONG,
        description="Что сделали сами и чем можете поделиться. Почту и телефон не"
        " пишите: спрашивают через сайт.",
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.helps.choices = [SelectChoice(one.name, one.value) for one in Help]
        self.reach.choices = [SelectChoice(one.name, one.value) for one in Reach]

    @classmethod
    def of(cls, mentor: Mentor | None) -> "OfferForm":
        """Fill the form with what is stored."""
        if mentor is None:
            return cls()
        facts = {
            "topics": "\n".join(topic.name for topic in mentor.topics),
            "helps": mentor.helps,
            "hours_a_month": mentor.hours_a_month,
            "reach": mentor.reach.name,
            "about": mentor.about,
        }
        return cls(data=facts)

    @property
    def names(self) -> list[str]:
        """Return the topics, each once."""
        lines = (" ".join(line.split()) for line in self.topics.data.splitlines())
        return list({fold(line): line for line in lines if line}.values())

    def validate_topics(self, field: TextField) -> None:
        if len(self.names) > TOPICS:
            raise ValidationError(f"Не больше {TOPICS} тем: оставьте главные.")
        if any(len(name) > 120 for name in self.names):
            raise ValidationError("Тема не длиннее 120 знаков, каждая с новой строки.")

        _refuse_contacts(field)

    def validate_about(self, field: TextField) -> None:
        _refuse_contacts(field)

    @property
    def offer(self) -> Offer:
        """What was typed."""
        return Offer(
            self.names,
            self.helps.data,
            self.hours_a_month.data,
            Reach[self.reach.data],
            self.about.data or "",
        )


def _refuse_contacts(field: TextField) -> None:
    """Other schools read these words: no phone and no address stands there."""
    if found := contact_in(field.data or ""):
        raise ValidationError(f"Уберите «{found}»: спрашивают через сайт.")


class AskForm(AddingForm):
    """What is asked; `topic` is one of the mentor's where there is a mentor."""

    topic = LineField("Тема", 120, InputRequired("Назовите тему."))
    text = TextField(
        "Что нужно",
        LONG,
        InputRequired("Напишите, что нужно: так наставник решит, поможет ли он."),
        description="Что уже пробовали, что не выходит, сколько вас. Детей по именам не"
        " называйте.",
    )


class AcceptForm(FlaskForm):
    """How many hours it takes, and a word to whoever asked."""

    hours = NumberField("Сколько часов это займёт", 1, MOST_HOURS, default=1)
    answer = TextField("Слово спросившему", LONG)


class DeclineForm(FlaskForm):
    """Why not."""

    reason = TextField("Почему нет", LONG, InputRequired("Напишите, почему нет."))


class HandOverForm(FlaskForm):
    """To which mentor."""

    mentor_id = RowField("Кому передать", "Выберите, кому передать.")

    def __init__(self, helpers: Iterable[Helper], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mentor_id.offer((one.mentor.id, _called(one.mentor)) for one in helpers)


def _called(mentor: Mentor) -> str:
    topics = "; ".join(topic.name for topic in mentor.topics)
    return f"{mentor.user.full_name}, {mentor.school.label}: {topics}"


class MeetingForm(FlaskForm):
    """When and where the two sides meet."""

    PREFIX = "meeting"

    day = DayField("День", InputRequired("Укажите день встречи."))
    clock = ClockField("Начало", InputRequired("Укажите, во сколько начало."))
    minutes = NumberField("Сколько минут", 15, 480, default=60)
    # How often it had been moved when the page was made.
    seen = IntegerField(validators=[Optional()], widget=HiddenInput())
    place = LineField("Место или ссылка", 500, InputRequired("Напишите, где."))

    @classmethod
    def of(cls, request: MentorRequest) -> "MeetingForm":
        """Fill the form with the meeting that was set, by the clock of the course."""
        facts: dict[str, Any] = {"seen": request.sequence}
        if request.meets_at is None:
            return cls(prefix=cls.PREFIX, data=facts)
        local = request.meets_at.astimezone(site_zone())
        facts |= {"day": local.date(), "clock": local.time()}
        facts |= {"minutes": request.minutes, "place": request.place}
        return cls(prefix=cls.PREFIX, data=facts)

    def see(self, request: MentorRequest) -> None:
        """Take over what the page is about to show; the typed hour stays."""
        self.seen.data, self.seen.raw_data = request.sequence, None

    @property
    def meets_at(self) -> datetime:
        """The moment by the clock of the course."""
        return datetime.combine(self.day.data, self.clock.data, site_zone())


class ResultForm(FlaskForm):
    """One sentence."""

    result = LineField("Что вышло", 500, InputRequired("Напишите, что вышло."))


class AskerResultForm(ResultForm):
    """The same with a mark that the coordinator alone sees."""

    rating = SelectField("Насколько помогло", coerce=int, default=NOT_SAID)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        marks = [SelectChoice(number, str(number)) for number in range(5, 0, -1)]
        self.rating.choices = [SelectChoice(NOT_SAID, "не скажу"), *marks]
