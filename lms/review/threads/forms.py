"""What may be typed into a thread."""

import secrets
from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from lms.core.fields import AddingForm, TextField
from lms.review.reviews.models import Review
from lms.review.threads.services import MAX_TEXT, About

LONGEST_NUMBER = 32


class MessageForm(AddingForm):
    """A message, and what it asks to explain."""

    about = SelectField("О чём", id="message-about", default="")
    text = TextField(
        "Сообщение",
        MAX_TEXT,
        InputRequired("Напишите сообщение."),
        id="message-text",
    )
    # The newest message on the page.
    seen = HiddenField(id="message-seen", default="0")
    form_key = HiddenField(id="message-key", default=secrets.token_hex)

    def __init__(self, reviews: Iterable[Review] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.about.choices = [
            SelectChoice("", "Работа в целом"),
            *(choice for review in reviews for choice in _choices(review)),
        ]
        if self.about.data not in {choice.value for choice in self.about.choices}:
            self.about.data = ""

    @property
    def chosen(self) -> About | None:
        """What the message is about; None is the work as a whole."""
        review, _, criterion = (self.about.data or "").partition(":")
        return About(int(review), criterion or None) if review else None

    @property
    def seen_up_to(self) -> int:
        seen = (self.seen.data or "")[:LONGEST_NUMBER]
        return int(seen) if seen.isdecimal() else 0


def _choices(review: Review) -> list[SelectChoice]:
    group = f"Прошу пояснить отзыв на версию {review.attempt.number}"
    return [
        SelectChoice(str(review.id), "весь отзыв", optgroup=group),
        *(
            SelectChoice(f"{review.id}:{level['key']}", level["title"], optgroup=group)
            for level in review.levels
        ),
    ]
