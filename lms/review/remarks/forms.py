"""What may be typed about a ready remark."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from lms.core.fields import TextField
from lms.review.remarks.services import MAX_TEXT, MAX_TITLE


class RemarkForm(FlaskForm):
    """A remark, how to recognise it, and who may use it."""

    title = StringField(
        "Как узнать",
        [
            InputRequired("Назовите замечание: по названию вы найдёте его в списке."),
            Length(max=MAX_TITLE, message=f"Не больше {MAX_TITLE} знаков."),
        ],
    )
    text = TextField(
        "Что прочтёт команда", MAX_TEXT, InputRequired("Напишите само замечание.")
    )
    is_shared = BooleanField("Показать коллегам")
