"""What may be typed to excuse a person."""

from collections.abc import Iterable, Mapping

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.course.cohorts.rule import RuleModule
from lms.work.credits.earlier import EarlierWork
from lms.work.credits.services import MAX_REASON

# Tells the webinar of a module from its work in a choice.
OF_WEBINAR = "webinar-"


class ExcuseForm(FlaskForm):
    """From which work, or webinar, a person is released, and why."""

    module = SelectField("Занятие")
    reason = TextAreaField(
        "Причина",
        [
            InputRequired("Напишите причину: почему человеку засчитывают."),
            Length(max=MAX_REASON, message=f"Не больше {MAX_REASON} знаков."),
        ],
    )

    def __init__(
        self,
        owed: Iterable[RuleModule],
        webinars: Iterable[RuleModule] = (),
        *,
        earlier: Mapping[int, EarlierWork],
        chosen: int | None,
    ) -> None:
        known = earlier.get(chosen or 0)
        reason = f"Зачтено раньше: {known.words}." if known else ""
        module = str(chosen) if chosen else None
        super().__init__(data={"module": module, "reason": reason})
        works = [SelectChoice(str(m.module_id), m.label) for m in owed]
        self.module.choices = works + [
            SelectChoice(f"{OF_WEBINAR}{m.module_id}", f"Вебинар: {m.label}")
            for m in webinars
        ]

    @property
    def module_id(self) -> int:
        return int(self.module.data.removeprefix(OF_WEBINAR))

    @property
    def is_webinar(self) -> bool:
        return bool(self.module.data.startswith(OF_WEBINAR))
