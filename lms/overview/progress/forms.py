"""What may be chosen on the page of the progress."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SearchField, SelectChoice, SelectField

from lms.course.cohorts.models import Cohort

MAX_WORDS = 100
EVERYWHERE = 0


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

    territory = SelectField("Территория", coerce=int)

    def __init__(
        self,
        cohorts: Sequence[Cohort],
        territories: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.territory.choices = [
            SelectChoice(EVERYWHERE, "все территории"),
            *(SelectChoice(number, name) for number, name in territories),
        ]
        self.cohort.choices = [
            SelectChoice(cohort.id, cohort.name) for cohort in cohorts
        ]
