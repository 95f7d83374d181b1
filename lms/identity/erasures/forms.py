"""What is typed by whoever wants to be erased."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired, ValidationError

from lms.core.fields import LineField
from lms.identity.accounts.forms import OWN_PASSWORD


class ErasureForm(FlaskForm):
    """A word that nobody types by chance, and the password."""

    word = LineField("", 40, InputRequired("Впишите это слово."))
    current_password = PasswordField("Ваш пароль", OWN_PASSWORD)

    def __init__(self, wanted: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.wanted = wanted
        self.word.label.text = f"Впишите слово «{wanted}»"

    def validate_word(self, field: LineField) -> None:
        if field.data.casefold() != self.wanted:
            raise ValidationError(f"Здесь нужно слово «{self.wanted}».")


class KeepForm(FlaskForm):
    """A button and its token: a link that is merely opened changes nothing."""
