"""What may be typed about the course."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, Field, IntegerField
from wtforms.validators import (
    DataRequired,
    Email,
    InputRequired,
    Length,
    Optional,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from lms.core.errors import RuleError
from lms.core.fields import LineField, NumberField, TextField
from lms.course.content.course import EMAIL, JOIN, LINE, MOST_HOURS, NAME
from lms.course.settings.printing import unprintable_sign
from lms.course.settings.settings import LABELS, Settings, SettingsInForce
from lms.course.settings.signature import RULES, store_signature


def printed(_form: FlaskForm, field: Field) -> None:
    """Refuse a sign that certificates could not print."""
    if sign := unprintable_sign(field.data or ""):
        raise ValidationError(f"На сертификате не напечатать «{sign}»: уберите знак.")


class SettingsForm(FlaskForm):
    """The settings of the course, all on one page."""

    seen = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    organiser_name = LineField(LABELS["organiser_name"], LINE)
    organiser_email = EmailField(
        LABELS["organiser_email"],
        [
            Optional(),
            Email("Проверьте адрес: он похож на kurs@school.ru."),
            Length(max=EMAIL, message="Такой длинный адрес почта не примет."),
        ],
        filters=[lambda text: text and text.strip()],
    )
    organiser_phone = LineField(LABELS["organiser_phone"], LINE)
    organiser_hours = LineField(LABELS["organiser_hours"], LINE)
    issuer = LineField(LABELS["issuer"], LINE, printed)
    signer = LineField(
        LABELS["signer"],
        NAME,
        DataRequired("Напишите, кто подписывает сертификат."),
        printed,
    )
    signer_position = LineField(LABELS["signer_position"], NAME, printed)
    signature = FileField(LABELS["signature"], description=RULES)
    without_signature = BooleanField("Убрать картинку")
    hours = NumberField(LABELS["hours"], 1, MOST_HOURS)
    join = TextField(LABELS["join"], JOIN)
    operator_name = LineField("Название", LINE)
    operator_address = LineField("Адрес", LINE)
    operator_contact = LineField("Куда обращаться", LINE)
    second_factor = BooleanField(LABELS["second_factor"])

    def __init__(self, now: SettingsInForce, **kwargs: Any) -> None:
        self.now = now.settings
        values = now.settings.model_dump(exclude={"signature"})
        super().__init__(data=values | {"seen": now.number}, **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the whole of an operator, or for nothing of it."""
        valid: bool = super().validate(extra_validators)
        parts = (self.operator_name, self.operator_address, self.operator_contact)
        if any(part.data for part in parts):
            for part in parts:
                if not part.data:
                    part.errors = ["Допишите: в согласии нужны все три строки."]
                    valid = False
        return valid

    @property
    def settings(self) -> Settings:
        """Return what was typed, with the picture that was sent or is there."""
        typed = {name: self[name].data for name in LABELS if name != "signature"}
        return Settings(signature=self._picture(), **typed)

    def _picture(self) -> str:
        if self.signature.data:
            return store_signature(self.signature.data)
        return "" if self.without_signature.data else self.now.signature

    def refuse(self, refusal: RuleError, now: SettingsInForce) -> None:
        """Say on the page why nothing was saved, and let the next try follow it.

        A file has to be chosen again.
        """
        self.now = now.settings
        self.seen.raw_data, self.seen.data = None, now.number
        self.form_errors.append(str(refusal))
        if self.signature.data:
            self.form_errors.append("Картинку подписи выберите ещё раз.")
