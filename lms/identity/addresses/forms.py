"""What may be typed where an address is changed."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import Optional, ValidationError

from lms.identity.accounts.forms import EMAIL, OWN_PASSWORD, NewPasswordForm
from lms.identity.accounts.services import normalise_email


class ChangeForm(FlaskForm):
    """Another address, and the password that shows who asks."""

    email = EmailField(
        "Новая почта", EMAIL, description="На неё придёт ссылка; до того всё прежнее."
    )
    current_password = PasswordField("Ваш пароль", OWN_PASSWORD)

    def __init__(self, known: str) -> None:
        self.known = known
        super().__init__()

    def validate_email(self, field: EmailField) -> None:
        if normalise_email(field.data) == self.known:
            raise ValidationError("С этой почтой вы и входите.")


class ComeBackForm(NewPasswordForm):
    """A new password, and an address that is read, if the old one is gone."""

    email = EmailField(
        "Новая почта, если прежней больше нет",
        [Optional(), *EMAIL[1:]],
        description="На неё придёт ссылка. Пока вы её не откроете, входите с прежней.",
    )


class ConfirmForm(FlaskForm):
    """A button and its token: a link that is merely opened changes nothing."""
