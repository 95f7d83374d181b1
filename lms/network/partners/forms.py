"""What may be typed of a partner and of an agreement."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Form, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from lms.core.choices import CHOOSE, KindField, RowField
from lms.core.edit_forms import EditForm, say_at_fields
from lms.core.fields import DayField, LineField, TextField
from lms.core.language import today
from lms.core.names import family_first
from lms.identity.accounts.models import User
from lms.network.partners.models import AgreementKind, Partner, PartnerKind
from lms.network.partners.rules import complaints_about
from lms.network.partners.services import KNOWN
from lms.schools.enrolments.spellings import key_of

LONG = 1000
NOBODY = SelectChoice(0, "никто")
WHO = InputRequired("Выберите, кто это.")


class PartnerForm(EditForm):
    """Who a partner is, what each side gives, and who of the school keeps in touch."""

    WORDS = (
        *("name", "kind", "gives", "wants", "person", "contact"),
        *("member_id", "keeper_id", "since"),
    )
    complaints = staticmethod(complaints_about)
    name = LineField("Партнёр", 200, InputRequired("Назовите партнёра."))
    kind = KindField("Кто это", PartnerKind, WHO, none=CHOOSE)
    gives = TextField("Что даёт", LONG)
    wants = TextField("Что нужно ему", LONG)
    person = LineField(
        "С кем говорить",
        200,
        description="Имя и должность. Видят только люди вашей школы.",
    )
    contact = LineField(
        "Как связаться",
        200,
        description="Рабочий телефон или почта, не домашние. Видят только люди вашей"
        " школы.",
    )
    member_id = SelectField("Кто из вашей команды оттуда", coerce=int, default=0)
    keeper_id = SelectField(
        "Кто держит связь",
        coerce=int,
        default=0,
        description="Ему напомнят, когда подойдёт срок договорённости.",
    )
    since = DayField("Вместе с", Optional(), description="Если помните день.")

    def __init__(self, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        known = [SelectChoice(one.id, family_first(one.full_name)) for one in people]
        for field in (self.member_id, self.keeper_id):
            field.choices = [NOBODY, *known]
            if field.data not in {choice.value for choice in field.choices}:
                field.data = 0  # who has left the team meanwhile

    def value_of(self, name: str) -> Any:
        """Besides, of who is «никто» the column holds nothing."""
        value = super().value_of(name)
        return value or None if name in ("member_id", "keeper_id") else value


class AgreementForm(EditForm):
    """How something is agreed, from which day and until which."""

    WORDS = ("kind", "number", "signed_on", "ends_on")
    complaints = staticmethod(complaints_about)
    kind = KindField(
        "Чем закреплено",
        AgreementKind,
        InputRequired("Выберите, чем закреплено."),
        none=CHOOSE,
    )
    number = LineField("Номер", 60, description="Если он есть.")
    signed_on = DayField("С какого дня", Optional())
    ends_on = DayField(
        "По какой день",
        Optional(),
        description="Без срока — оставьте пустым. За 30 дней до конца сайт напомнит.",
    )


class OfferForm(Form):
    """A line of an accepted work: ticked or not, as the team words it."""

    take = BooleanField("Добавить")
    name = LineField("Партнёр", 200, InputRequired("Назовите партнёра."))
    kind = KindField("Кто это", PartnerKind, WHO, none=CHOOSE)
    gives = TextField("Что даёт", LONG)
    wants = TextField("Что нужно ему", LONG)

    def __init__(
        self, partners: Mapping[str, Partner], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._partners = partners

    @property
    def known(self) -> Partner | None:
        """Return the partner of that name whom the school has already."""
        return self._partners.get(key_of(self.name.data or ""))

    @property
    def values(self) -> dict[str, Any]:
        """Return what was typed by field of the partner."""
        texts = {name: self[name].data or "" for name in ("name", "gives", "wants")}
        return texts | {"kind": self.kind.chosen}

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a whole card that the school has not yet."""
        if not super().validate(extra_validators):
            return False
        wrong = complaints_about(self.values)
        if self.known:
            wrong["name"] = KNOWN.format(name=self.known.name)
        return say_at_fields(self, wrong)


class ListedForm(OfferForm):
    """A line of a list: the same, and whom to ask there."""

    person = LineField("С кем говорить", 200)
    contact = LineField("Как связаться", 200)

    def __init__(
        self, partners: Mapping[str, Partner], *args: Any, number: int, **kwargs: Any
    ) -> None:
        super().__init__(partners, *args, **kwargs)
        self.number = number

    @property
    def lacks(self) -> list[str]:
        """Name what the line does not say and a partner needs."""
        told = {"имени": self.name.data, "вида": self.kind.data}
        return [what for what, value in told.items() if not value]

    @property
    def values(self) -> dict[str, Any]:
        """Return what was typed by field of the partner."""
        whom = {name: self[name].data or "" for name in ("person", "contact")}
        return super().values | whom


class CloseForm(FlaskForm):
    """The last day of the work with a partner."""

    until = DayField("Последний день", InputRequired("Назовите день."))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(data={"until": today()}, **kwargs)


class MergeForm(FlaskForm):
    """Which card of two stays."""

    into_id = RowField("Та же, что", "Выберите карточку, которая останется.")

    def __init__(self, others: Iterable[Partner], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.into_id.offer((one.id, one.name) for one in others)
