"""What may be answered in a survey: the scales are the author's."""

from collections.abc import Mapping

from flask_wtf import FlaskForm

from lms.core.fields import TextField
from lms.course.content.survey import Survey

LONGEST = 1000
MARKS = range(1, 6)


class WordsForm(FlaskForm):
    """The words that may be left out; the scales stand beside them."""

    words = TextField("", LONGEST)

    def __init__(self, survey: Survey) -> None:
        super().__init__()
        self.words.label.text = survey.open_question


def read_marks(survey: Survey, typed: Mapping[str, str]) -> dict[str, int]:
    """Take the marks that exist, by scale; what is not marked is left out."""
    known = {str(mark): mark for mark in MARKS}
    chosen = {scale.key: typed.get(f"scale-{scale.key}") for scale in survey.scales}
    return {key: known[mark] for key, mark in chosen.items() if mark in known}
