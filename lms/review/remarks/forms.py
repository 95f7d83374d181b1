"""What may be typed about a ready remark."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.review.remarks.services import MAX_TEXT, MAX_TITLE
from lms.work.drafts.services import plain_lines


class RemarkForm(FlaskForm):
    """A remark, how to recognise it, and who may use it."""

    title = StringField(
        "Как узнать",
        [
            InputRequired("Назовите замечание: по названию вы найдёте его в списке."),
            Length(max=MAX_TITLE, message=f"Не больше {MAX_TITLE} знаков."),
        ],
    )
    text = TextAreaField(
        "Что прочтёт команда",
        [
            InputRequired("Напишите само замечание."),
            Length(max=MAX_TEXT, message=f"Не больше {MAX_TEXT} знаков."),
        ],
        filters=[lambda text: plain_lines(text).strip() if text else text],
    )
    is_shared = BooleanField("Показать коллегам")
