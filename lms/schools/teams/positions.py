"""The question who a person is for the school; asked in several forms."""

from typing import Any

from wtforms import SelectChoice, SelectField
from wtforms.validators import InputRequired

from lms.schools.teams.models import Position


class PositionField(SelectField):
    """A list of positions in which nothing is chosen beforehand."""

    def __init__(self, label: str = "Кто вы для школы", **kwargs: Any) -> None:
        positions = [
            SelectChoice(position.name, position.value) for position in Position
        ]
        super().__init__(
            label,
            [InputRequired("Выберите, кто вы для школы.")],
            choices=[SelectChoice("", "Выберите"), *positions],
            **kwargs,
        )

    @property
    def chosen(self) -> Position:
        return Position[self.data]
