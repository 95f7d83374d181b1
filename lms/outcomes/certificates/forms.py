"""What may be typed about certificates."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from flask_wtf import FlaskForm
from wtforms import SearchField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from lms.core.choices import LongSelect
from lms.core.fields import LineField, one_line
from lms.outcomes.certificates.codes import is_number, read_code
from lms.outcomes.certificates.models import CertificateState

# Questions stand in the address and change nothing.
NO_TOKEN = {"csrf": False}


def at_most(length: int) -> Length:
    """Limit a text to what its column holds."""
    return Length(max=length, message=f"Не больше {length} знаков.")


class RegistryForm(FlaskForm):
    """What to look for in the registry; it stands in the address of the page."""

    words = SearchField(
        "Имя, номер, школа или команда", filters=[lambda text: one_line(text or "")]
    )
    state = SelectField("Состояние", default="", validate_choice=False)
    year = SelectField("Год", default="", validate_choice=False)
    cohort = SelectField(
        "Поток", default="", validate_choice=False, widget=LongSelect()
    )

    def offer(self, years: Iterable[int], cohorts: Iterable[sa.Row[int, str]]) -> None:
        """Fill the lists to choose from; the first choice is always «any»."""
        states = [(state.name, state.value) for state in CertificateState]
        self.state.choices = _choices("Любое", states)
        self.year.choices = _choices("Любой", [(str(y), str(y)) for y in years])
        named = [(str(cohort_id), name) for cohort_id, name in cohorts]
        self.cohort.choices = _choices("Любой", named)

    def asked(self) -> dict[str, str]:
        """Return what is asked for; an answer that is not offered is none."""
        chosen = {
            field.name: field.data
            for field in (self.state, self.year, self.cohort)
            if field.data in {str(choice.value) for choice in field.choices}
        }
        asked = {"words": self.words.data, **chosen}
        return {name: value for name, value in asked.items() if value}

    def filters(self) -> dict[str, Any]:
        """Return what is asked for as the registry understands it."""
        asked = self.asked()
        state, year, cohort = (asked.get(n) for n in ("state", "year", "cohort"))
        return {
            "words": asked.get("words", ""),
            "state": CertificateState[state] if state else None,
            "year": int(year) if year else None,
            "cohort_id": int(cohort) if cohort else None,
        }


class RevokeForm(FlaskForm):
    """Why a certificate is void."""

    reason = TextAreaField(
        "Причина",
        [
            DataRequired("Напишите причину: её увидит каждый, кто проверит."),
            at_most(1000),
        ],
        filters=[lambda text: one_line(text or "")],
    )


class ReplaceForm(FlaskForm):
    """The words of a certificate as they should have been."""

    holder_name = LineField(
        "Фамилия, имя, отчество",
        200,
        InputRequired("Напишите, кому выдан сертификат."),
    )
    team_name = LineField("Команда", 120, InputRequired("Напишите название команды."))
    school_name = LineField("Школа", 200, InputRequired("Напишите название школы."))
    municipality = LineField(
        "Город или посёлок", 120, InputRequired("Напишите, где школа.")
    )


class CodeForm(FlaskForm):
    """The code of a certificate, however it was copied from the paper."""

    code = StringField(
        "Код с сертификата",
        [DataRequired("Напишите код: он стоит под квадратным рисунком.")],
    )

    def validate_code(self, field: StringField) -> None:
        if is_number(field.data):
            raise ValidationError(
                "Это номер сертификата. Для проверки нужен код: шестнадцать букв и"
                " цифр под квадратным рисунком."
            )
        if read_code(field.data) is None:
            raise ValidationError(
                "В коде шестнадцать букв и цифр, например K7QD-M2XP-4RTW-9HNC."
                " Сверьте его с сертификатом."
            )


def _choices(first: str, others: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice("", first), *(SelectChoice(*other) for other in others)]
