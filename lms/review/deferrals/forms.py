"""What may be typed about more days."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from lms.core.fields import DayField
from lms.review.deferrals.services import MAX_WORDS

LENGTH = Length(max=MAX_WORDS, message=f"Не больше {MAX_WORDS} знаков.")


class AskForm(FlaskForm):
    """Until which day, and why."""

    wanted_on = DayField("До какого дня", InputRequired("Укажите день."))
    reason = TextAreaField(
        "Почему нужно больше времени",
        [InputRequired("Напишите, почему нужно больше времени."), LENGTH],
    )


class AnswerForm(FlaskForm):
    """The day that the tutor gives, and a word to the team."""

    granted_on = DayField("Новый срок", InputRequired("Укажите новый срок."))
    answer = TextAreaField("Слово команде", [LENGTH])
