"""What may be chosen on the page of the progress."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField

from lms.cohorts.models import Cohort


class CohortForm(FlaskForm):
    """Whose progress is shown."""

    class Meta:
        """Only reads, so it needs no token."""

        csrf = False

    cohort = SelectField("Поток", coerce=int)

    def __init__(self, cohorts: Sequence[Cohort], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cohort.choices = [
            SelectChoice(cohort.id, cohort.name) for cohort in cohorts
        ]
