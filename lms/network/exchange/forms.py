"""What may be typed in the exchange of partners."""

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
