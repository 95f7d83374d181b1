"""What may be typed into the calendar of a cohort."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import Optional, ValidationError

from lms.core.fields import DayField
from lms.core.language import day, today
from lms.course.cohorts.calendar import (
    Change,
    Dates,
    in_holidays,
    mark,
    rows_past_holidays,
)
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.programme import CourseModule
from lms.course.content.holidays import Break


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
