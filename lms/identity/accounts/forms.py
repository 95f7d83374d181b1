"""What may be typed on the pages of accounts."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    SelectChoice,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import Email, InputRequired, Length

from lms.core.errors import RuleError
from lms.core.fields import AddingForm, LineField
from lms.identity.accounts.models import ConsentDocument
from lms.identity.accounts.passwords import check_strength
from lms.identity.accounts.timezones import TIMEZONES

NAME_HINT = "Фамилия, имя, отчество. Так имя будет написано в сертификате."
PASSWORD_HINT = (
    "Хотя бы 10 знаков. Удобнее всего несколько слов, которые не стоят рядом:"  # noqa: S105
    " «лампа берег четверг». Заглавные буквы и цифры не обязательны."
)
EMAIL = [
    InputRequired("Напишите адрес почты."),
    Email("Проверьте адрес: он похож на name@school.ru."),
    Length(max=254, message="Такой длинный адрес почта не примет."),
]


def hard_to_guess(form: Any, field: PasswordField) -> None:
    """Refuse an easy password; `form.about` says what it must not repeat."""
    try:
        check_strength(field.data, *form.about)
    except RuleError as error:
        raise ValidationError(str(error)) from None


def whole_name(_form: Any, field: StringField) -> None:
    """Ask for a name as it stands in documents."""
    if len(field.data.split()) < 2:
        raise ValidationError("Напишите фамилию и имя полностью.")


NAME = [InputRequired("Напишите фамилию и имя."), whole_name]
NEW_PASSWORD = [InputRequired("Придумайте пароль."), hard_to_guess]
OWN_PASSWORD = [InputRequired("Напишите пароль, с которым входите.")]


class SignInForm(FlaskForm):
    """An address and its password."""

    email = EmailField("Почта", [InputRequired("Напишите адрес почты.")])
    password = PasswordField("Пароль", [InputRequired("Напишите пароль.")])


class ForgotForm(FlaskForm):
    """The address to which the link for a new password goes."""

    email = EmailField("Почта", EMAIL)


class NewPasswordForm(FlaskForm):
    """A new password of a person about whom `about` says the name and the address."""

    new_password = PasswordField(
        "Новый пароль", NEW_PASSWORD, description=PASSWORD_HINT
    )

    def __init__(self, *about: str) -> None:
        self.about = about
        super().__init__()


class ChangePasswordForm(NewPasswordForm):
    """A new password, and the one that it replaces."""

    current_password = PasswordField(
        "Нынешний пароль", [InputRequired("Напишите нынешний пароль.")]
    )


class ProfileForm(FlaskForm):
    """What a person says about themselves."""

    full_name = LineField("Имя", 200, *NAME, description=NAME_HINT)
    timezone = SelectField(
        "Часовой пояс",
        choices=[SelectChoice(zone, name) for zone, name in TIMEZONES.items()],
    )


class ConsentForm(FlaskForm):
    """A box that nobody ticked beforehand, and the version that stood beside it."""

    version = HiddenField()
    agreed = BooleanField(
        "Даю согласие на обработку персональных данных",
        [InputRequired("Чтобы продолжить, отметьте согласие.")],
    )


class NewAccountForm(AddingForm):
    """What every new person says; the form of a feature adds `about` and the rest."""

    full_name = LineField("Фамилия, имя, отчество", 200, *NAME)
    password = PasswordField("Придумайте пароль", NEW_PASSWORD)
    agreed = BooleanField(
        "Даю согласие на обработку персональных данных",
        [InputRequired("Без согласия мы не вправе хранить ваше имя и почту.")],
    )
    # The version that stands beside the box: a newer text has to be read first.
    version = HiddenField()

    def __init__(self, document: ConsentDocument | None, **values: str) -> None:
        super().__init__(data=values)
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
