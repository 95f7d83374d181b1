"""What may be typed about cohorts."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import DataRequired, InputRequired, Optional

from lms.core.choices import TicksField
from lms.core.fields import AddingForm, DayField, LineField, NumberField, SeenField
from lms.course.cohorts.copying import Copy
from lms.course.cohorts.models import Cohort
from lms.course.content.course import Course
from lms.identity.accounts.models import User

EDITABLE = ("name", "starts_on", "return_days", "second_share", "second_threshold")


class NameAndStartForm(FlaskForm):
    """A cohort's name and first day."""

    name = LineField(
        "Название потока", 120, DataRequired("Назовите поток: «Осень 2027».")
    )
    starts_on = DayField("Первый день", InputRequired("Укажите первый день потока."))


class SettingsForm(NameAndStartForm):
    """What can be changed about a cohort besides its calendar."""

    return_days = NumberField("Дней на доработку", 1, 60)
    second_share = NumberField("Второе чтение, % работ", 0, 100)
    second_threshold = NumberField("На сколько баллов можно разойтись", 0, 100)
    seen = SeenField()

    def __init__(self, cohort: Cohort) -> None:
        super().__init__(obj=cohort)
        if not self.is_submitted():
            self.seen.show(**{key: getattr(cohort, key) for key in EDITABLE})


class NewCohortForm(AddingForm, NameAndStartForm):
    """A cohort to be: the calendar gives the pace."""

    calendar = RadioField("Календарь", [InputRequired("Выберите календарь.")])
    past_holidays = BooleanField("Перенести дни с каникул")

    def __init__(self, course: Course, **kwargs: Any) -> None:
        super().__init__(data={"calendar": next(iter(course.calendars))}, **kwargs)
        self.calendar.choices = [
            SelectChoice(key, calendar.title)
            for key, calendar in course.calendars.items()
        ]


class CopyForm(AddingForm, NameAndStartForm):
    """The next cohort: what it takes from an earlier one."""

    days = RadioField(
        "Дни занятий",
        choices=[
            SelectChoice("year", "По учебному году: каникулы пропущены"),
            SelectChoice("same", "Те же, что были, считая от нового первого дня"),
        ],
        default="year",
    )
    with_tutors = BooleanField("Те же тьюторы и ведущий", default=True)
    teams = TicksField(
        "Команды каких школ повторить",
        coerce=int,
    )

    def __init__(self, teams: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.teams.choices = [
            SelectChoice(team.id, f"«{team.name}», {team.school.label}")
            for team in teams
        ]

    @property
    def wanted(self) -> Copy:
        return Copy(
            name=self.name.data,
            starts_on=self.starts_on.data,
            by_school_year=self.days.data == "year",
            with_tutors=self.with_tutors.data,
        )


class TutorsForm(FlaskForm):
    """Who reviews in a cohort."""

    tutors = TicksField(
        "Тьюторы потока",
        coerce=int,
        validate_choice=False,  # whoever is a tutor no more is simply not chosen
    )
    lead = SelectField("Ведущий тьютор", [Optional()], coerce=int, default=0)
    seen = SeenField()

    def __init__(self, cohort: Cohort, people: Sequence[User]) -> None:
        chosen = [person.id for person in cohort.tutors]
        super().__init__(data={"tutors": chosen, "lead": cohort.lead_id or 0})
        if not self.is_submitted():
            ids = " ".join(map(str, chosen))
            self.seen.show(tutors=ids, lead=cohort.lead_id or 0)
        self.tutors.choices = [
            SelectChoice(person.id, person.full_name) for person in people
        ]
        self.lead.choices = [SelectChoice(0, "Никто"), *self.tutors.choices]


class OpenForm(FlaskForm):
    """The admin's agreement to the rule that the page shows."""

    seen = HiddenField()
