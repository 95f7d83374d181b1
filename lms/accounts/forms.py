"""What may be typed on the pages of accounts."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired

NO_EMAIL = "Напишите адрес почты."
NO_PASSWORD = "Напишите пароль."  # noqa: S105 – a message, not a password


class SignInForm(FlaskForm):
    """An address and its password."""

    email = EmailField("Почта", [InputRequired(NO_EMAIL)])
    password = PasswordField("Пароль", [InputRequired(NO_PASSWORD)])
