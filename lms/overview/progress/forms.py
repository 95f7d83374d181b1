"""What may be chosen on the page of the progress."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SearchField, SelectChoice, SelectField

from lms.course.cohorts.models import Cohort

MAX_WORDS = 100


class ViewForm(FlaskForm):
    """Whose progress is shown, and how much of it."""

    class Meta:
        """Only reads, so it needs no token."""

        csrf = False

    cohort = SelectField("Поток", coerce=int)
    q = SearchField("Команда, школа, тьютор", render_kw={"maxlength": MAX_WORDS})
    stuck = BooleanField("Только застрявшие")
    one = BooleanField("Осталось одно условие")
    mine = BooleanField("Только мои команды")

    def __init__(self, cohorts: Sequence[Cohort], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cohort.choices = [
            SelectChoice(cohort.id, cohort.name) for cohort in cohorts
        ]
