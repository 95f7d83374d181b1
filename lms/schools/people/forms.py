"""What may be typed in the register of people."""

from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    Form,
    SearchField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import InputRequired, ValidationError

from lms.core.choices import TicksField
from lms.core.fields import AddingForm, LineField, TextField
from lms.identity.accounts.forms import EMAIL, NAME, NAME_HINT
from lms.identity.accounts.models import Role

ROLES = [
    SelectChoice(Role.TUTOR.name, "Тьютор: проверяет работы и выдаёт сертификаты"),
    SelectChoice(
        Role.ADMIN.name, "Администратор: публикует занятия, ведёт потоки и людей"
    ),
    SelectChoice(
        Role.COORDINATOR.name, "Координатор: видит, как идут школы своих территорий"
    ),
]


class PeopleFilter(Form):
    """What to look for; it stands in the address, so there is no token."""

    q = SearchField("Имя или почта")
    kind = SelectField(
        "Кого показать",
        choices=[
            SelectChoice("", "Всех"),
            SelectChoice("member", "Участников команд"),
            SelectChoice("invited", "Приглашённых, которые не вошли"),
            SelectChoice("TUTOR", "Тьюторов"),
            SelectChoice("ADMIN", "Администраторов"),
            SelectChoice("COORDINATOR", "Координаторов"),
            SelectChoice("closed", "С закрытым доступом"),
        ],
    )


class RolesForm(FlaskForm):
    """What a person may do beside taking part."""

    roles = TicksField("Что человек делает на курсе", choices=ROLES)

    def chosen(self) -> frozenset[Role]:
        """Return the ticked roles."""
        return frozenset(Role[name] for name in self.roles.data or ())


class PersonForm(FlaskForm):
    """How a person is called and where letters go."""

    full_name = LineField("Имя", 200, *NAME, description=NAME_HINT)
    email = EmailField("Почта", EMAIL, description="С ней человек входит на сайт.")


class NewPersonForm(AddingForm, PersonForm, RolesForm):
    """A person who takes part in no team: a tutor, an admin."""

    def __init__(self, *, as_tutor: bool = False) -> None:
        super().__init__(roles=[Role.TUTOR.name] if as_tutor else [])

    def validate_roles(self, field: TicksField) -> None:
        if not field.data:
            raise ValidationError("Отметьте, что человек делает на курсе.")


class WayBackForm(FlaskForm):
    """How an admin made sure who asks; it is kept in the journal."""

    reason = TextField(
        "Как вы убедились, что это тот самый человек",
        500,
        InputRequired("Напишите, как вы проверили: без этого ссылка не создаётся."),
        description="Например: «Позвонила в школу по телефону с её сайта, передали"
        " трубку». Останется в журнале.",
    )
