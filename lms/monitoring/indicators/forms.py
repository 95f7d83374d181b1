"""What may be typed about indicators: the numbers of a school, and what is aimed at."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from lms.core.fields import DayField, LineField
from lms.core.language import capital
from lms.monitoring.indicators.blocks import LARGEST, Block, CountField, check
from lms.monitoring.indicators.models import Indicator, Measurement, Unit

ANSWERS = [("1", "да"), ("0", "нет")]


class SchoolForm(FlaskForm):
    """The numbers of a school for a half-year; `school_form` adds the fields."""

    blocks: list[Block]

    @property
    def filled(self) -> list[Block]:
        return [block for block in self.blocks if not block.is_blank]

    def see(self, known: dict[int, Measurement]) -> None:
        """Show what a colleague has sent meanwhile; the typed numbers stay."""
        for block in self.blocks:
            last = known.get(block.indicator.id)
            block.seen.data = last.number if last else 0

    def is_all_sent(self, known: dict[int, Measurement]) -> bool:
        """Tell whether all that is asked was sent, and nothing of it came back."""
        asked = {block.indicator.id for block in self.blocks}
        has_returned = any(one.is_returned for one in known.values())
        return bool(asked) and asked <= known.keys() and not has_returned

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and then those of one indicator beside one another."""
        is_right: bool = super().validate(extra_validators)
        for block in self.blocks:
            if not any(field.errors for field in block.fields):
                is_right = check(block) and is_right
        return is_right


def school_form(
    indicators: Sequence[Indicator], known: dict[int, Measurement]
) -> SchoolForm:
    """Make the form of a school, filled with what it has sent."""
    fields: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for indicator in indicators:
        fields |= _fields(indicator)
        values |= _values(indicator, known.get(indicator.id))
    form: SchoolForm = type("FilledSchoolForm", (SchoolForm,), fields)(data=values)
    form.blocks = [_block(form, indicator) for indicator in indicators]
    return form


def _fields(indicator: Indicator) -> dict[str, Any]:
    of_people = indicator.counts_people
    what = capital(indicator.numerator_text)
    part: Any = CountField(what, of_people=of_people)
    if indicator.unit is Unit.YES_NO:
        choices = [SelectChoice(*answer) for answer in ANSWERS]
        part = RadioField(what, [Optional()], choices=choices)
    fields = {
        "part": part,
        "link": LineField("Ссылка на подтверждение", 500),
        "file": FileField("Файл"),
        "note": LineField("Пояснение", 500),
        "seen": IntegerField(widget=HiddenInput(), default=0),
    }
    if indicator.is_share:
        whole = capital(indicator.denominator_text)
        fields["whole"] = CountField(whole, of_people=of_people)
    return {f"{name}_{indicator.id}": field for name, field in fields.items()}


def _values(indicator: Indicator, last: Measurement | None) -> dict[str, Any]:
    if last is None:
        return {}
    values = {
        "part": str(last.numerator),
        "whole": "" if last.denominator is None else str(last.denominator),
        "link": last.link,
        "seen": last.number,
    }
    return {f"{name}_{indicator.id}": value for name, value in values.items()}


def _block(form: SchoolForm, indicator: Indicator) -> Block:
    named = {
        name: form[f"{name}_{indicator.id}"]
        for name in ("part", "link", "note", "file", "seen")
    }
    whole = form[f"whole_{indicator.id}"] if indicator.is_share else None
    return Block(indicator, named.pop("part"), whole, **named)


class ReturnForm(FlaskForm):
    """The question with which a number goes back."""

    question = LineField(
        "Вопрос школе", 500, InputRequired("Напишите, что школе проверить.")
    )
    seen = IntegerField(widget=HiddenInput(), default=0)


class ValueField(IntegerField):
    """A whole number that may be missing; what is none is refused by the limits."""

    def process_formdata(self, valuelist: list[str]) -> None:
        with suppress(ValueError):
            super().process_formdata(valuelist)


class TargetForm(FlaskForm):
    """Where it began and what is wanted by when."""

    baseline = ValueField("Исходно", [Optional()])
    baseline_on = DayField("На какой день", Optional())
    target = ValueField("Цель", [Optional()])
    due_on = DayField("К какому дню", Optional())
    version = IntegerField(widget=HiddenInput(), default=0)

    def __init__(self, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        most = LARGEST if indicator.is_number else 100
        limits = NumberRange(0, most, f"Напишите целое число от 0 до {most}.")
        for field in (self.baseline, self.target):
            field.validators = [*field.validators, limits]
            if not indicator.is_number:
                field.label.text += ", %"

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the day of each number; a field that is left empty asks nothing."""
        is_right: bool = super().validate(extra_validators)
        pairs = ((self.baseline, self.baseline_on), (self.target, self.due_on))
        for number, day in pairs:
            if number.data is not None and day.data is None and not day.errors:
                day.errors = [f"«{number.label.text}» без дня ни о чём не говорит."]
                is_right = False
        return is_right


class WordingForm(FlaskForm):
    """Another wording of an indicator."""

    title = LineField("Показатель", 200, InputRequired("Назовите показатель."))
    purpose = LineField("Для чего он", 300, InputRequired("Скажите, для чего он."))
    numerator_text = LineField(
        "Что считаем", 200, InputRequired("Скажите, что считать.")
    )
    denominator_text = LineField("Из чего", 200)

    def __init__(self, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(obj=indicator, **kwargs)
        self.is_share = indicator.is_share

    def validate_denominator_text(self, field: LineField) -> None:
        if self.is_share and not field.data:
            raise ValidationError("У доли есть целое: скажите, из чего она.")
