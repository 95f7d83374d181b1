"""What may be typed into an appeal, and into the decision about it."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectChoice
from wtforms.validators import InputRequired, ValidationError

from lms.core.fields import AddingForm, TextField
from lms.core.language import plural
from lms.review.appeals.models import Decision
from lms.review.appeals.services import MAX_TEXT, MIN_WORDS


def enough_words(_: FlaskForm, field: Field) -> None:
    """A reason of two words helps nobody to decide."""
    count = len(field.data.split())
    if count < MIN_WORDS:
        least = plural(MIN_WORDS, "слово", "слова", "слов")
        raise ValidationError(
            f"Напишите подробнее: нужно хотя бы {least}, а есть {count}."
        )


class ReasonedField(TextField):
    """A text of several words."""

    def __init__(self, label: str, request: str, **kwargs: Any) -> None:
        checks = [InputRequired(request), enough_words]
        super().__init__(label, MAX_TEXT, *checks, **kwargs)


class AppealForm(AddingForm):
    """Why the decision should be looked at again."""

    reason = ReasonedField("Почему", "Напишите, с чем вы не согласны и почему.")


class RulingForm(FlaskForm):
    """What is decided, and why."""

    decision = RadioField(
        "Оставить или изменить",
        [InputRequired("Выберите решение.")],
        choices=[
            SelectChoice("KEPT", "Оставить решение: на доработку"),
            SelectChoice("CHANGED", "Изменить решение: зачесть"),
        ],
    )
    words = ReasonedField("Что прочтёт команда", "Объясните решение команде.")

    @property
    def chosen(self) -> Decision:
        return Decision[self.decision.data]
