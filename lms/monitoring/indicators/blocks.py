"""The fields of an indicator in the form of a school, beside one another."""

import re
from dataclasses import dataclass
from typing import Any

from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from lms.core.fields import LineField
from lms.core.links import WHOLE_LINK, is_web_address
from lms.monitoring.indicators.models import Count, Indicator

LARGEST = 999_999_999
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_PARTS = re.compile(r"\d+[.,]\d+")


class CountField(LineField):
    """A whole number that nobody has to write: «1 200»; nothing below nought."""

    def __init__(self, label: str, *, of_people: bool, **kwargs: Any) -> None:
        super().__init__(label, 40, **kwargs)
        self.of_people = of_people

    @property
    def number(self) -> int | None:
        digits = _SPACES.sub("", self.data or "")
        return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else None

    def pre_validate(self, form: BaseForm) -> None:
        digits = _SPACES.sub("", self.data or "")
        if not digits or self.number is not None:
            return
        if digits[0] in "-−–":
            raise ValidationError("Меньше нуля здесь не бывает.")
        if _PARTS.fullmatch(digits) and self.of_people:
            raise ValidationError(f"Людей считают целыми, а здесь {self.data}.")
        if _PARTS.fullmatch(digits):
            raise ValidationError(f"Округлите {self.data} до целого.")
        if digits.isascii() and digits.isdecimal():
            raise ValidationError(
                f"Не больше {LARGEST}: проверьте, нет ли лишних цифр."
            )
        raise ValidationError("Напишите число цифрами, например 12.")


@dataclass(frozen=True)
class Block:
    """The fields of one indicator in the form of a school."""

    indicator: Indicator
    numerator: CountField | RadioField
    denominator: CountField | None
    link: LineField
    note: LineField
    file: FileField
    seen: IntegerField

    @property
    def fields(self) -> list[CountField | RadioField]:
        return [self.numerator, *([self.denominator] if self.denominator else [])]

    @property
    def is_yes_no(self) -> bool:
        return isinstance(self.numerator, RadioField)

    @property
    def is_blank(self) -> bool:
        return not any((field.data or "").strip() for field in self.fields)

    @property
    def says_more(self) -> bool:
        """Tell whether there is a proof or a word, whatever the numbers."""
        return bool(self.link.data or self.note.data or self.file.data)

    @property
    def count(self) -> Count:
        """What was typed, once it was found right."""
        part = self.numerator
        if isinstance(part, RadioField):
            return Count(int(part.data), 1)
        whole = self.denominator.number if self.denominator else None
        return Count(part.number or 0, whole)


def check(block: Block) -> bool:
    """Compare the fields of one indicator, and say which of them does not fit."""
    part, whole = block.numerator, block.denominator
    mistakes = [*part.errors]
    if block.is_blank:
        if block.seen.data:
            mistakes.append("Присланное не стирают: исправьте число или верните его.")
        elif block.says_more:
            mistakes.append("Подтверждение есть, а числа нет: напишите и его.")
    elif whole is not None:
        mistakes += _compared(part, whole)
    part.errors = mistakes
    if block.link.data and not is_web_address(block.link.data):
        block.link.errors = [WHOLE_LINK]
    return not (mistakes or block.link.errors)


def _compared(part: CountField, whole: CountField) -> list[str]:
    if part.number is None:
        return [f"Здесь пусто, а «{whole.label.text}» — {whole.data}: напишите оба."]
    if whole.number is None:
        return [f"Напишите и второе число: «{whole.label.text}»."]
    if part.number > whole.number:
        return [
            f"Здесь {part.data}, а «{whole.label.text}» — {whole.data}. Первое входит"
            " во второе и больше быть не может: не поменялись ли числа местами?"
        ]
    return []
