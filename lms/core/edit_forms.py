"""Forms of rows that several people edit, and saving them."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from flask import flash
from flask_login import current_user
from wtforms import Form, IntegerField
from wtforms.widgets import HiddenInput

from lms.core.errors import RuleError
from lms.core.fields import AddingForm, LineField, TextField


class EditForm(AddingForm):
    """A row that is added, or edited by several; `version` is what the page shows."""

    version = IntegerField(default=1, widget=HiddenInput())
    # The columns of the row that are typed.
    WORDS: ClassVar[tuple[str, ...]] = ()
    # Where saving was refused, the row as it is stored.
    stored: Any = None

    @property
    def shown(self) -> Any:
        """Return what the page has shown of the row, as the service compares it."""
        return self.version.data or 0

    def show(self, row: Any) -> None:
        """Note what the page is about to show of the row."""
        self.version.data, self.version.raw_data = row.version, None

    @property
    def values(self) -> dict[str, Any]:
        """Return what was typed by column of the row."""
        return {name: self.value_of(name) for name in self.WORDS}

    def value_of(self, name: str) -> Any:
        """Return what one column holds once the form is saved."""
        field = self[name]
        is_text = isinstance(field, LineField | TextField)
        value = field.data or "" if is_text else field.data
        return getattr(field, "chosen", value)

    @staticmethod
    def complaints(values: Mapping[str, Any]) -> dict[str, str]:
        """Say what is wrong with all fields together, by the field to be put right."""
        return {}

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides each field, look at what they say together."""
        if not super().validate(extra_validators):
            return False
        return say_at_fields(self, self.complaints(self.values))


def say_at_fields(form: Form, complaints: Mapping[str, str]) -> bool:
    """Put each complaint beside its field; tell whether there was none."""
    for name, sentence in complaints.items():
        form[name].errors = [*form[name].errors, sentence]
    return not complaints


def save_edit(
    form: EditForm, row: Any, change: Callable[..., Any], *, load: Callable[[int], Any]
) -> bool:
    """Save what was typed of a row; tell whether that was done.

    A refusal stands in the form, with the row as it is stored by now, so that the page
    shows it beside what was typed.
    """
    if not form.validate_on_submit():
        return False
    row_id = row.id
    try:
        change(row, form.values, seen=form.shown, author=current_user)
    except RuleError as error:
        form.form_errors.append(str(error))
        form.stored = load(row_id)
        form.show(form.stored)
        return False
    flash("Сохранено.", "success")
    return True
