"""What may be typed about an invitation, and on the page to which it leads."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, PasswordField
from wtforms.validators import (
    DataRequired,
    Email,
    InputRequired,
    Length,
    ValidationError,
)

from lms.accounts.models import ConsentDocument
from lms.accounts.passwords import check_strength
from lms.errors import RuleError
from lms.fields import LineField, NumberField
from lms.invitations.models import Invitation
from lms.invitations.services import DAYS, PLACES
from lms.language import today
from lms.teams.positions import PositionField


class InvitationForm(FlaskForm):
    """How many people may still come by the link, and how long it works."""

    places = NumberField("Сколько человек ещё ждём", 1, 50)
    days = NumberField("Сколько дней ещё действует ссылка", 1, 90)

    def __init__(self, invitation: Invitation | None) -> None:
        left = {"places": PLACES, "days": DAYS}
        if invitation and invitation.is_usable:
            left["places"] = invitation.places_left
            left["days"] = max(1, (invitation.last_day - today()).days)
        super().__init__(data=left)


class EnterForm(FlaskForm):
    """What a person with an account says to join a team."""

    position = PositionField()


class JoinForm(FlaskForm):
    """What a new person says to join a team."""

    full_name = LineField(
        "Фамилия, имя, отчество", 200, DataRequired("Напишите фамилию и имя.")
    )
    email = EmailField(
        "Почта",
        [
            InputRequired("Напишите адрес почты."),
            Email("Проверьте адрес: он похож на name@school.ru."),
            Length(max=254, message="Такой длинный адрес почта не примет."),
        ],
        filters=[lambda text: text and text.strip()],
    )
    password = PasswordField("Придумайте пароль", [InputRequired("Придумайте пароль.")])
    position = PositionField()
    agreed = BooleanField(
        "Даю согласие на обработку персональных данных",
        [InputRequired("Без согласия мы не вправе хранить ваше имя и почту.")],
    )
    # The version that stands beside the box: a newer text has to be read first.
    version = HiddenField()

    def __init__(self, document: ConsentDocument | None) -> None:
        super().__init__()
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
            check_strength(field.data, self.email.data or "", self.full_name.data or "")
        except RuleError as error:
            raise ValidationError(str(error)) from None
