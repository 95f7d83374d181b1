"""What may be typed into a plan."""

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput


class ParagraphForm(FlaskForm):
    """The team's own wording of a paragraph."""

    text = TextAreaField(
        "Текст",
        [InputRequired("Напишите текст или верните принятый."), Length(max=20_000)],
    )
    version = IntegerField(default=0, widget=HiddenInput())


class ActionForm(FlaskForm):
    """One line of «план и факт»."""

    what = StringField(
        "Что сделаем", [InputRequired("Назовите дело."), Length(max=300)]
    )
    who = StringField(
        "Кто отвечает", [InputRequired("Назовите человека."), Length(max=200)]
    )
    due_on = DateField("Срок", [InputRequired("Поставьте дату.")])
    done_on = DateField("Сделано", [Optional()])
    why_not = StringField("Если не сделано, почему", [Length(max=500)])
    version = IntegerField(default=1, widget=HiddenInput())
