"""What may be typed about a second factor."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

LONGEST = 40


class CodeForm(FlaskForm):
    """A code of the phone, or one from the paper."""

    # The word «password» keeps it out of the texts that a refused page hands back.
    password_code = StringField(
        "Код",
        [
            InputRequired("Введите код."),
            Length(max=LONGEST, message="Код короче: шесть цифр или запасной код."),
        ],
        filters=[lambda text: text and text.strip()],
    )
