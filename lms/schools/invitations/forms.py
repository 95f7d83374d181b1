"""What may be typed about an invitation, and on the page to which it leads."""

from flask_wtf import FlaskForm
from wtforms import EmailField

from lms.core.fields import NumberField
from lms.core.language import today
from lms.identity.accounts.forms import EMAIL, NewAccountForm
from lms.schools.invitations.models import Invitation
from lms.schools.invitations.services import DAYS, PLACES
from lms.schools.teams.positions import PositionField


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


class JoinForm(NewAccountForm):
    """What a new person says to join a team."""

    email = EmailField("Почта", EMAIL, filters=[lambda text: text and text.strip()])
    position = PositionField()

    @property
    def about(self) -> tuple[str, ...]:
        return self.email.data or "", self.full_name.data or ""
