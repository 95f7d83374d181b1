"""What may be typed of territories."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField
from wtforms.validators import DataRequired, Optional

from lms.core.choices import LongSelect
from lms.core.fields import AddingForm, DayField, LineField

ON_TOP = 0
Choices = Sequence[tuple[int, str]]


class _TerritoryField(SelectField):
    """One of the territories, by its whole path."""

    widget = LongSelect()

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, coerce=int, **kwargs)

    def offer(self, choices: Choices, *, first: str = "") -> None:
        """Offer some territories, and before them none of them, if that has a name."""
        none = [SelectChoice(ON_TOP, first)] if first else []
        self.choices = [*none, *(SelectChoice(*choice) for choice in choices)]


class TerritoryForm(AddingForm):
    """How a territory is called, and within which other it lies."""

    name = LineField("Название", 120, DataRequired("Назовите территорию."))
    parent = _TerritoryField("Внутри")

    def __init__(self, choices: Choices, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parent.offer(choices, first="сама по себе: область, край, республика")


class MergeForm(FlaskForm):
    """Which spelling stays."""

    class Meta:
        """The choice only reads; the button that merges has a token of its own."""

        csrf = False

    into = _TerritoryField("С чем объединить")

    def __init__(self, choices: Choices, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.into.offer(choices, first="выберите, какое название останется")


class MoveForm(FlaskForm):
    """Where a school is, and from which day on."""

    territory = _TerritoryField("Территория")
    since = DayField("С какого дня", Optional())

    def __init__(self, choices: Choices, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.territory.offer(choices, first="ни в какой")


class GiveForm(FlaskForm):
    """A territory for a coordinator."""

    territory = _TerritoryField("Дать территорию")

    def __init__(self, choices: Choices, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.territory.offer(choices)
