"""Fields of forms that take what people type and answer in Russian."""

import hashlib
import json
import re
import secrets
import unicodedata
from contextlib import suppress
from typing import Any, ClassVar

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.form import BaseForm
from wtforms.validators import (
    InputRequired,
    Length,
    NumberRange,
    ValidationError,
)
from wtforms.widgets import TextArea, TextInput

# Copying from Word or a PDF brings them; XML, and so Word and Excel, knows no such.
_BREAKS = re.compile("[\x0b\x0c]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
# Letters and marks by the book that show nothing: fillers, blanks, variants of others.
_BLANKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)

# The course began in 2026; what is older or later is a slip of the keyboard.
YEARS = range(2000, 2101)


def printable(text: str) -> str:
    """Return the text without the characters that no document may hold.

    The breaks of lines and pages that Word copies become plain line breaks.
    """
    return _FORBIDDEN.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """Return a text as one line, without what nobody sees or what turns it around.

    A name with a hidden sign is another name that looks the same. Letters that a Mac
    writes as two signs, «й» and «ё», become one.
    """
    if not text.isprintable():
        text = "".join(s for s in text if s.isprintable() or s.isspace())
    return " ".join(unicodedata.normalize("NFC", _BLANKS.sub("", text)).split())


def plain_lines(text: str) -> str:
    """Return the text with one kind of line ends: browsers send CRLF."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _without_limit(widget: type[TextInput | TextArea]) -> list[str]:
    """Return what a widget tells the browser, but for how many signs it may take."""
    return [name for name in widget.validation_attrs if name != "maxlength"]


class WholeLine(TextInput):
    """A line whose end no browser cuts off unseen when it is pasted."""

    validation_attrs: ClassVar = _without_limit(TextInput)


class LineField(StringField):
    """A line of text as people see it; the spaces around it are dropped."""

    widget = WholeLine()

    def __init__(
        self, label: str, longest: int, *validators: Any, **kwargs: Any
    ) -> None:
        length = Length(max=longest, message=f"Не больше {longest} знаков.")
        super().__init__(label, [*validators, length], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        # What is left is what `InputRequired` looks at.
        self.raw_data = [one_line(text) for text in valuelist]
        super().process_formdata(self.raw_data)


class WholeText(TextArea):
    """A text whose end no browser cuts off unseen when it is pasted."""

    validation_attrs: ClassVar = _without_limit(TextArea)


class TextField(TextAreaField):
    """A text of several lines, without the empty ones around it."""

    widget = WholeText()

    def __init__(
        self, label: str, longest: int, *validators: Any, **kwargs: Any
    ) -> None:
        refusal = f"Не больше {longest} знаков: сократите текст."
        length = Length(max=longest, message=refusal)
        super().__init__(label, [*validators, length], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw_data = [plain_lines(text).strip() for text in valuelist]
        super().process_formdata(self.raw_data)


class DayField(DateField):
    """A day as a browser sends it, or as a person types it in a plain field."""

    def __init__(self, label: str, *validators: Any, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d.%m.%Y"]
        super().__init__(label, validators, format=formats, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Такого дня нет. Напишите его так: 01.09.2027.") from None

    def post_validate(self, form: BaseForm, validation_stopped: bool) -> None:
        if self.data and self.data.year not in YEARS:
            raise ValidationError(f"Год — от {YEARS[0]} до {YEARS[-1]}.")


class SeenField(HiddenField):
    """What a page showed: a late save changes nothing but what its person changed."""

    def show(self, **values: object) -> None:
        """Keep values in the page that is about to be shown."""
        self.data = json.dumps({key: str(value) for key, value in values.items()})

    def shown(self) -> dict[str, str]:
        """Return the values, as text; nothing where somebody spoiled them."""
        try:
            values = json.loads(self.data or "{}")
        except ValueError:
            return {}
        kept = values.items() if isinstance(values, dict) else ()
        return {key: value for key, value in kept if isinstance(value, str)}


class ClockField(TimeField):
    """An hour and a minute as a browser sends them, or as a person types them."""

    def __init__(self, label: str, *validators: Any, **kwargs: Any) -> None:
        super().__init__(label, validators, format=["%H:%M", "%H.%M"], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Такого времени нет. Напишите его так: 17:00.") from None


class NumberField(IntegerField):
    """A whole number between two others."""

    def __init__(self, label: str, least: int, most: int, **kwargs: Any) -> None:
        refusal = f"Напишите число от {least} до {most}."
        limits = NumberRange(least, most, message=refusal)
        super().__init__(label, [InputRequired(refusal), limits], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        # No number at all breaks the limits as well; one sentence is enough.
        with suppress(ValueError):
            super().process_formdata(valuelist)


def as_on_page(form: BaseForm, page: str) -> list[Field]:
    """Return the fields of a form in the order in which a page has them.

    The form itself has those of the form that it extends first.
    """
    return sorted(form, key=lambda field: page.find(f'id="{field.id}"'))


class AddingForm(FlaskForm):
    """A form that adds something; `sent_key` tells a second press from another row."""

    form_key = HiddenField(default=secrets.token_hex)

    @property
    def sent_key(self) -> str:
        """Name this sending: the page that was gone back to may send other words.

        One form may be sent to several addresses, and each adds something of its own.
        """
        if self.form_key.name not in request.form:
            return secrets.token_hex(16)
        typed = [request.path, *request.form.items(multi=True)]
        sent = hashlib.sha256(repr(typed).encode())
        for file in request.files.values():
            file.seek(0)
            sent.update(file.read())
            file.seek(0)
        return sent.hexdigest()[:32]
