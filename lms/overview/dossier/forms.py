"""What may be typed where somebody asks for a copy of their data."""

from flask_wtf import FlaskForm
from wtforms import PasswordField

from lms.identity.accounts.forms import OWN_PASSWORD


class CopyForm(FlaskForm):
    """The password once more: whoever sits at an open browser gets no copy."""

    current_password = PasswordField("Ваш пароль", OWN_PASSWORD)
