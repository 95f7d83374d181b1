"""Whose eyes, and which day."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField
from wtforms.validators import InputRequired

from lms.core.fields import DayField
from lms.course.cohorts.models import Cohort


class ViewpointForm(FlaskForm):
    """A form of the address alone: it changes nothing."""

    class Meta(FlaskForm.Meta):
        """Nothing is carried out, so there is nothing to forge."""

        csrf = False

    cohort = SelectField("Поток", coerce=int)
    on = DayField("День", InputRequired("Укажите день."))

    def offer(self, cohorts: Sequence[Cohort]) -> None:
        """Offer the cohorts that there are."""
        self.cohort.choices = [
            SelectChoice(one.id, f"{one.name} ({one.state.value})") for one in cohorts
        ]
