"""What may be typed by a person who was invited by name."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField
from wtforms.validators import InputRequired, ValidationError

from lms.accounts.models import ConsentDocument
from lms.accounts.passwords import check_strength
from lms.errors import RuleError
from lms.fields import LineField
from lms.newcomers.models import Newcomer


class AcceptForm(FlaskForm):
    """What an invited person says; the list has said the rest."""

    full_name = LineField(
        "Фамилия, имя, отчество", 200, InputRequired("Напишите фамилию и имя.")
    )
    password = PasswordField("Придумайте пароль", [InputRequired("Придумайте пароль.")])
    agreed = BooleanField(
        "Даю согласие на обработку персональных данных",
        [InputRequired("Без согласия мы не вправе хранить ваше имя и почту.")],
    )
    # The version that stands beside the box: a newer text has to be read first.
    version = HiddenField()

    def __init__(self, newcomer: Newcomer, document: ConsentDocument | None) -> None:
        super().__init__(data={"full_name": newcomer.full_name})
        self._email = newcomer.email
        if document is None:
            del self.agreed, self.version
        elif not self.is_submitted():
            self.version.data = document.version

    def ask_again(self, document: ConsentDocument | None) -> None:
        """Put the text in force beside the box, which nobody ticks beforehand."""
        if document and self.version and self.version.data != document.version:
            self.version.data, self.agreed.data = document.version, False

    @property
    def chosen_version(self) -> str | None:
        """The version of the consent that was accepted, where there is one."""
        return self.version.data if self.version else None

    def validate_full_name(self, field: LineField) -> None:
        if len(field.data.split()) < 2 or not field.data.isprintable():
            raise ValidationError("Напишите фамилию и имя полностью.")

    def validate_password(self, field: PasswordField) -> None:
        try:
            check_strength(field.data, self._email, self.full_name.data or "")
        except RuleError as error:
            raise ValidationError(str(error)) from None
