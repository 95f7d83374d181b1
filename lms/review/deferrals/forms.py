"""What may be typed about more days."""

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from lms.core.fields import AddingForm, DayField, TextField
from lms.review.deferrals.services import MAX_WORDS


class AskForm(AddingForm):
    """Until which day, and why."""

    wanted_on = DayField("До какого дня", InputRequired("Укажите день."))
    reason = TextField(
        "Почему нужно больше времени",
        MAX_WORDS,
        InputRequired("Напишите, почему нужно больше времени."),
    )


class AnswerForm(FlaskForm):
    """The day that the tutor gives, and a word to the team."""

    granted_on = DayField("Новый срок", InputRequired("Укажите новый срок."))
    answer = TextField("Слово команде", MAX_WORDS)
