"""What may be typed into a plan."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput


class ParagraphForm(FlaskForm):
    """The team's own wording of a paragraph."""

    text = TextAreaField(
        "Текст",
        [InputRequired("Напишите текст или верните принятый."), Length(max=20_000)],
    )
    version = IntegerField(default=0, widget=HiddenInput())
