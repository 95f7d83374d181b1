"""What may be typed about cohorts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from lms.core.fields import AddingForm, DayField, LineField, NumberField, SeenField
from lms.core.language import day, today
from lms.course.cohorts.calendar import (
    Change,
    Dates,
    in_holidays,
    mark,
    rows_past_holidays,
)
from lms.course.cohorts.copying import Copy
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.programme import CourseModule
from lms.course.content.course import Course
from lms.course.content.holidays import Break
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
    teams = SelectMultipleField(
        "Команды каких школ повторить",
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
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


class RowForm(FlaskForm):
    """The days of one module; both empty: the cohort does without it."""

    class Meta:
        """A part of `CalendarForm`, which has the token."""

        csrf = False

    seen = HiddenField()
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


class FormRow:
    """One module on the form, and what a colleague has made of it meanwhile."""

    def __init__(self, module: CourseModule, stored: Dates | None) -> None:
        self.module = module
        self.form = RowForm(data=_shown(stored), prefix=f"{module.slug}-")
        self.is_moved = False
        self.rival: Dates | None = None
        self.has_rival = False

    @property
    def change(self) -> Change:
        """What the person wants of this module."""
        form, slug = self.form, self.module.slug
        opens_on = form.opens_on.data
        wanted = Dates(slug, opens_on, form.due_on.data) if opens_on else None
        return Change(slug, form.seen.data or "", wanted)

    @property
    def is_changed(self) -> bool:
        return mark(self.change.wanted) != self.change.seen

    def show(self, row: Dates | None, *, seen: str) -> None:
        """Put other days into the fields."""
        self.form = RowForm(
            formdata=None, data=_shown(row), prefix=f"{self.module.slug}-"
        )
        self.form.seen.data = seen

    def meet(self, stored: Dates | None) -> None:
        """Take over what a colleague changed; where both did, show both."""
        if not self.is_changed:
            self.show(stored, seen=mark(stored))
        _, seen, wanted = self.change
        self.rival = stored
        self.has_rival = mark(stored) not in {seen, mark(wanted)}
        self.form.seen.data = mark(stored)


class CalendarForm(FlaskForm):
    """The days of every module of the course in one cohort."""

    def __init__(
        self, cohort: Cohort, modules: Sequence[CourseModule], breaks: Sequence[Break]
    ) -> None:
        super().__init__()
        stored = {row.slug: row for row in cohort.dates}
        self.rows = [FormRow(module, stored.get(module.slug)) for module in modules]
        self._breaks = breaks
        # What has been in an open cohort is nothing to be moved.
        self._since = date.min if cohort.is_planned else today()

    def validate(self, **kwargs: Any) -> bool:
        # A list, not a generator: every row says what is wrong with it.
        valid = [row.form.validate() for row in self.rows]
        return super().validate(**kwargs) and all(valid)

    @property
    def changes(self) -> list[Change]:
        """What the person changed; the other rows are nobody's wish."""
        return [row.change for row in self.rows if row.is_changed]

    @property
    def off(self) -> list[str]:
        """The modules that open or are due in holidays, as it is typed."""
        wanted = [row.change.wanted for row in self.rows]
        return [
            days.slug
            for days in wanted
            if days and in_holidays(days, self._breaks, self._since)
        ]

    def move_past_holidays(self) -> None:
        """Move what is typed out of the holidays, and remember where."""
        wanted = [row.change.wanted for row in self.rows if row.change.wanted]
        moved = rows_past_holidays(wanted, self._breaks, self._since)
        by_slug = {days.slug: days for days in moved}
        for row in self.rows:
            _, seen, days = row.change
            if days and by_slug[days.slug] != days:
                row.show(by_slug[days.slug], seen=seen)
                row.is_moved = True

    def meet(self, cohort: Cohort) -> None:
        """Show beside what is typed what is in the calendar by now."""
        stored = {row.slug: row for row in cohort.dates}
        for row in self.rows:
            row.meet(stored.get(row.module.slug))


def _shown(row: Dates | None) -> dict[str, Any]:
    return {"seen": mark(row), **(row._asdict() if row else {})}


class TutorsForm(FlaskForm):
    """Who reviews in a cohort."""

    tutors = SelectMultipleField(
        "Тьюторы потока",
        coerce=int,
        validate_choice=False,  # whoever is a tutor no more is simply not chosen
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
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
