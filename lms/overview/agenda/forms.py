"""What may be asked of the calendar."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField

from lms.course.cohorts.models import Cohort

EVERYTHING = 0


class CohortForm(FlaskForm):
    """Which cohort the calendar shows."""

    class Meta:
        """Only reads, so it needs no token."""

        csrf = False

    cohort = SelectField("Поток", coerce=int)

    def __init__(self, cohorts: Sequence[Cohort], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cohort.choices = [
            SelectChoice(EVERYTHING, "Все потоки"),
            *(SelectChoice(cohort.id, cohort.name) for cohort in cohorts),
        ]
