"""What may be asked of the calendar."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SearchField, SelectChoice, SelectField

from lms.course.cohorts.models import Cohort

EVERYTHING = 0
MAX_WORDS = 100


class ViewForm(FlaskForm):
    """How much of the calendar is shown."""

    class Meta:
        """Only reads, so it needs no token."""

        csrf = False

    cohort = SelectField("Поток", coerce=int)
    q = SearchField("Команда, школа, встреча", render_kw={"maxlength": MAX_WORDS})

    def __init__(self, cohorts: Sequence[Cohort], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cohort.choices = [
            SelectChoice(EVERYTHING, "Все потоки"),
            *(SelectChoice(cohort.id, cohort.name) for cohort in cohorts),
        ]
