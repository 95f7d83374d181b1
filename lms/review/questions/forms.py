"""What may be typed about a place in a lesson."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField
from wtforms.validators import InputRequired, ValidationError

from lms.core.fields import AddingForm, TextField
from lms.review.questions.places import Place
from lms.review.questions.services import MAX_TEXT

MOVED = "Этого места в занятии больше нет. Выберите другое, вопрос сохранён ниже."


class QuestionForm(AddingForm):
    """A question, and the section it is about."""

    place = SelectField("О каком месте", choices=[], validate_choice=False)
    text = TextField("Вопрос", MAX_TEXT, InputRequired("Напишите вопрос."))

    def __init__(self, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.place.choices = [SelectChoice(one.anchor, one.title) for one in places]

    def validate_place(self, field: SelectField) -> None:
        """The lesson may have been published anew while the form was open."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(MOVED)


class AnswerForm(AddingForm):
    """An answer to a team."""

    text = TextField("Ответ", MAX_TEXT, InputRequired("Напишите ответ."))


class SharedForm(FlaskForm):
    """The general version of a question and its answer."""

    wording = TextField(
        "Вопрос без имён", MAX_TEXT, InputRequired("Напишите вопрос."), id="wording"
    )
    answer = TextField("Ответ для всех", MAX_TEXT, InputRequired("Напишите ответ."))
