"""What may be typed about cohorts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from lms.accounts.models import User
from lms.cohorts.calendar import Dates, fingerprint
from lms.cohorts.models import CalendarRow, Cohort
from lms.cohorts.programme import CourseModule
from lms.fields import DayField, LineField
from lms.language import day
from lms.modules.course import Course


class NameAndStartForm(FlaskForm):
    """A cohort's name and first day."""

    name = LineField(
        "Название потока", 120, DataRequired("Назовите поток: «Осень 2027».")
    )
    starts_on = DayField("Первый день", InputRequired("Укажите первый день потока."))


class NewCohortForm(NameAndStartForm):
    """A cohort to be: the calendar gives the pace."""

    calendar = RadioField("Календарь", [InputRequired("Выберите календарь.")])

    def __init__(self, course: Course, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.calendar.choices = [
            SelectChoice(key, calendar.title)
            for key, calendar in course.calendars.items()
        ]


class RowForm(FlaskForm):
    """The days of one module; both empty: the cohort does without it."""

    class Meta:
        """A part of `CalendarForm`, which has the token."""

        csrf = False

    opens_on = DayField("Открывается", Optional())
    due_on = DayField("Сдать до", Optional())

    def validate_due_on(self, field: DayField) -> None:
        if field.data and self.opens_on.data is None and not self.opens_on.errors:
            raise ValidationError("Укажите и день открытия, или уберите срок.")
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(
                f"Срок раньше открытия ({day(self.opens_on.data)}): исправьте один"
                " из дней."
            )


@dataclass(frozen=True)
class FormRow:
    """A module on the form: what the calendar says and what is typed."""

    module: CourseModule
    stored: CalendarRow | None
    form: RowForm

    @property
    def differs(self) -> bool:
        """Tell whether what is typed is not what the calendar says."""
        typed = (self.form.opens_on.data, self.form.due_on.data)
        stored = self.stored
        return typed != ((stored.opens_on, stored.due_on) if stored else (None, None))


class CalendarForm(FlaskForm):
    """The days of every module of the course in one cohort."""

    seen = HiddenField()

    def __init__(self, cohort: Cohort, modules: Sequence[CourseModule]) -> None:
        super().__init__(data={"seen": fingerprint(cohort.dates)})
        stored = {row.module.slug: row for row in cohort.rows}
        self.rows = [
            FormRow(
                module,
                stored.get(module.slug),
                RowForm(obj=stored.get(module.slug), prefix=f"{module.slug}-"),
            )
            for module in modules
        ]

    def validate(self, **kwargs: Any) -> bool:
        # A list, not a generator: every row says what is wrong with it.
        valid = [row.form.validate() for row in self.rows]
        return super().validate(**kwargs) and all(valid)

    @property
    def dates(self) -> list[Dates]:
        """The calendar as it was typed."""
        return [
            Dates(row.module.slug, row.form.opens_on.data, row.form.due_on.data)
            for row in self.rows
            if row.form.opens_on.data
        ]


class TutorsForm(FlaskForm):
    """Who reviews in a cohort."""

    tutors = SelectMultipleField(
        "Тьюторы потока",
        coerce=int,
        validate_choice=False,  # whoever is a tutor no more is simply not chosen
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, cohort: Cohort, people: Sequence[User]) -> None:
        super().__init__(data={"tutors": [person.id for person in cohort.tutors]})
        self.tutors.choices = [
            SelectChoice(person.id, person.full_name) for person in people
        ]


class OpenForm(FlaskForm):
    """The admin's agreement to the rule that the page shows."""

    seen = HiddenField()
