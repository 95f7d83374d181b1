"""Fields of forms in which people choose among what is offered."""

import enum
from collections.abc import Iterable
from typing import Any, ClassVar

from markupsafe import Markup
from wtforms import SelectChoice, SelectField, SelectMultipleField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, Select

# What nobody has looked at is not chosen for them.
CHOOSE = "выберите"


class LongSelect(Select):
    """A list with hundreds of lines: attributes of each would cost more than a page."""

    @classmethod
    def render_option(cls, choice: SelectChoice, **_attributes: Any) -> Markup:
        """Write one line."""
        chosen = Markup(" selected") if choice.selected else ""
        line = Markup('<option value="{}"{}>{}</option>')
        return line.format(choice.value, chosen, choice.label)


class KindField(SelectField):
    """One of a kind: its name is sent, its value is read, before all of them `none`."""

    def __init__(
        self,
        label: str,
        kind: type[enum.Enum],
        *validators: Any,
        none: str | None = None,
        **kwargs: Any,
    ) -> None:
        first = [] if none is None else [SelectChoice("", none)]
        listed = [SelectChoice(one.name, one.value) for one in kind]
        kwargs |= {"choices": [*first, *listed], "coerce": _name_of}
        super().__init__(label, validators, **kwargs)
        self.kind = kind

    @property
    def chosen(self) -> Any:
        """Return the member that was chosen, if one was."""
        return self.kind[self.data] if self.data else None


class RowField(SelectField):
    """One row out of several by its id; none is chosen for whoever has not looked."""

    def __init__(self, label: str, refusal: str, **kwargs: Any) -> None:
        super().__init__(label, coerce=int, default=0, **kwargs)
        self.refusal = refusal

    def offer(self, rows: Iterable[tuple[int, str]]) -> None:
        """Have these to choose from, each by its id and what people call it."""
        known = [SelectChoice(*row) for row in rows]
        self.choices = [SelectChoice(0, CHOOSE), *known]

    def pre_validate(self, form: BaseForm) -> None:
        """Ask for a choice."""
        if not self.data:
            raise StopValidation(self.refusal)
        super().pre_validate(form)


def _name_of(value: Any) -> str:
    return value.name if isinstance(value, enum.Enum) else str(value)


class TicksField(SelectMultipleField):
    """Boxes to tick, any number of them."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    # Of one who ticked what was offered when the page was made, and is no more.
    GONE: ClassVar[str] = "Чего-то из отмеченного больше нет. Проверьте отметки."

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is not offered."""
        offered = {self.coerce(choice.value) for choice in self.iter_choices()}
        if self.validate_choice and not offered.issuperset(self.data or ()):
            raise ValidationError(self.GONE)
