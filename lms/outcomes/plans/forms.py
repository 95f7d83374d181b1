"""What may be typed into a plan."""

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from lms.core.fields import AddingForm, LineField


class ParagraphForm(FlaskForm):
    """The team's own wording of a paragraph."""

    text = TextAreaField(
        "Текст",
        [InputRequired("Напишите текст или верните принятый."), Length(max=20_000)],
    )
    version = IntegerField(default=0, widget=HiddenInput())


class ActionForm(AddingForm):
    """One line of «план и факт»."""

    what = LineField("Что сделаем", 300, InputRequired("Назовите дело."))
    who = LineField("Кто отвечает", 200, InputRequired("Назовите человека."))
    due_on = DateField("Срок", [InputRequired("Поставьте дату.")])
    done_on = DateField("Сделано", [Optional()])
    why_not = LineField("Если не сделано, почему", 500)
    version = IntegerField(default=1, widget=HiddenInput())
