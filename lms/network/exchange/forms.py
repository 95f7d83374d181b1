"""What may be typed in the exchange of partners."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from lms.core.fields import AddingForm, TextField


class ShowForm(FlaskForm):
    """Which version of the card the page has shown."""

    version = IntegerField(default=1, widget=HiddenInput())


class QuestionForm(AddingForm):
    """A question to the school that shows a line."""

    text = TextField(
        "Вопрос школе", 1000, InputRequired("Напишите вопрос."), id="question-text"
    )


class ReplyForm(FlaskForm):
    """What the school answers; a page has one for each open question."""

    text = TextField("Ответ", 2000, InputRequired("Напишите ответ."))

    def __init__(self, question_id: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.text.id = self.text.label.field_id = f"reply-{question_id}"
