"""What may be typed about a ready remark."""

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import InputRequired

from lms.core.fields import AddingForm, LineField, TextField
from lms.review.remarks.services import MAX_TEXT, MAX_TITLE


class KeepingForm(AddingForm):
    """The key under which the desk keeps a remark; other forms of it have their own."""

    def __init__(self) -> None:
        super().__init__(prefix="kept")


class RemarkForm(FlaskForm):
    """A remark, how to recognise it, and who may use it."""

    title = LineField(
        "Как узнать",
        MAX_TITLE,
        InputRequired("Назовите замечание: по названию вы найдёте его в списке."),
    )
    text = TextField(
        "Что прочтёт команда", MAX_TEXT, InputRequired("Напишите само замечание.")
    )
    is_shared = BooleanField("Показать коллегам")
