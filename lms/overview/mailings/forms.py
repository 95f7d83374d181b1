"""What may be typed in a letter to a group."""

from collections.abc import Collection
from typing import Any

from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from lms.core.errors import RuleError
from lms.core.fields import AddingForm, LineField
from lms.overview.mailings.addressees import Addressee
from lms.overview.mailings.models import Purpose
from lms.overview.mailings.services import Draft
from lms.overview.mailings.wording import FIRST_TEXTS, check_words

LONGEST = 5000


class RemindForm(AddingForm):
    """One button of a captain; the letter is ready."""


class LetterForm(AddingForm):
    """Who is written to, and what; a person who needs it no more is passed over."""

    people = SelectMultipleField("Кому", coerce=int, validate_choice=False)
    subject = LineField("Тема", 200, InputRequired("Напишите тему письма."))
    text = TextAreaField(
        "Письмо",
        [
            InputRequired("Напишите письмо."),
            Length(max=LONGEST, message=f"Не больше {LONGEST} знаков."),
        ],
    )
    insists = BooleanField("Всё равно отправить ещё одно письмо")

    def __init__(
        self, purpose: Purpose, addressees: Collection[Addressee], **kwargs: Any
    ) -> None:
        first = FIRST_TEXTS[purpose]
        data = {
            "people": [addressee.user.id for addressee in addressees],
            "subject": first.subject,
            "text": first.text,
        }
        super().__init__(data=data, **kwargs)
        self.purpose = purpose
        # Whether to offer the box «Всё равно отправить».
        self.may_insist = bool(self.insists.data)

    def validate_people(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError("Отметьте хотя бы одного человека.")

    def validate_subject(self, field: LineField) -> None:
        self._check(field.data)

    def validate_text(self, field: TextAreaField) -> None:
        self._check(field.data)

    def _check(self, text: str) -> None:
        try:
            check_words(text, self.purpose)
        except RuleError as error:
            raise ValidationError(str(error)) from None

    @property
    def draft(self) -> Draft:
        """What was typed, ready to be sent."""
        return Draft(
            self.subject.data,
            self.text.data,
            self.people.data,
            form_key=self.sent_key,
            insists=self.insists.data,
        )
