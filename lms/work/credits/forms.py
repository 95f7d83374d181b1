"""What may be typed to excuse a person."""

from collections.abc import Iterable, Mapping

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.course.cohorts.rule import RuleModule
from lms.work.credits.earlier import EarlierWork
from lms.work.credits.services import MAX_REASON


class ExcuseForm(FlaskForm):
    """From which work a person is released, and why."""

    module = SelectField("Занятие", coerce=int)
    reason = TextAreaField(
        "Причина",
        [
            InputRequired("Напишите, почему работа не нужна."),
            Length(max=MAX_REASON, message=f"Не больше {MAX_REASON} знаков."),
        ],
    )

    def __init__(
        self,
        owed: Iterable[RuleModule],
        earlier: Mapping[int, EarlierWork],
        chosen: int | None,
    ) -> None:
        known = earlier.get(chosen or 0)
        reason = f"Зачтено раньше: {known.words}." if known else ""
        super().__init__(data={"module": chosen, "reason": reason})
        self.module.choices = [SelectChoice(m.module_id, m.label) for m in owed]
