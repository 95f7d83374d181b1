"""What may be typed to publish a revision."""

from datetime import datetime

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectChoice
from wtforms.validators import StopValidation

from lms.core.fields import ClockField, DayField, LineField
from lms.core.language import site_zone

NOW, LATER = "now", "later"


class ForPlan:
    """A part of the hour: required where there is a plan, else passed over."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: "PublishForm", field: Field) -> None:
        """Stop at what is missing or not asked for, with no word about its form."""
        is_empty = not any(field.raw_data or ())
        if is_empty or not form.is_plan:
            field.errors = []
            raise StopValidation(self.message if form.is_plan else "")


class PublishForm(FlaskForm):
    """When a revision becomes live, and what its readers are told."""

    when = RadioField(
        "Когда",
        choices=[SelectChoice(NOW, "Сейчас"), SelectChoice(LATER, "В день и час")],
        default=NOW,
    )
    day = DayField("День", ForPlan("Укажите день публикации."))
    clock = ClockField("Час", ForPlan("Укажите час публикации."))
    note = LineField(
        "Сказать читателям",
        300,
        description="Одно предложение: что нового. Его увидят те, кто отметил занятие"
        " прочитанным или пишет работу. Пусто — ничего не скажем.",
    )

    @property
    def is_plan(self) -> bool:
        return bool(self.when.data == LATER)

    @property
    def at(self) -> datetime:
        """The moment that was typed, by the clock of the course."""
        return datetime.combine(self.day.data, self.clock.data, site_zone())
