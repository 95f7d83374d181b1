"""What may be typed to hand works over."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from lms.identity.accounts.models import User


class HandoverForm(FlaskForm):
    """To whom."""

    colleague = RadioField(
        "Кому передать", [InputRequired("Выберите коллегу.")], coerce=int
    )

    def __init__(self, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people = {person.id: person for person in colleagues}
        self.colleague.choices = [
            SelectChoice(person.id, person.full_name) for person in self.people.values()
        ]

    @property
    def chosen(self) -> User:
        return self.people[self.colleague.data]
