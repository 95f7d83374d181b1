"""The next cohort from an earlier one: its pace, its settings and who reviews in it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from lms.core.errors import RuleError
from lms.course.cohorts.calendar import Dates, calendar_rows, moved_rows
from lms.course.cohorts.dates import course_calendar, write_dates
from lms.course.cohorts.models import Cohort

# What an admin has decided about a cohort and what goes on in the next one.
SETTINGS = ("calendar", "return_days", "second_share", "second_threshold")


class Copy(NamedTuple):
    """What somebody wants of the next cohort."""

    name: str
    starts_on: date
    # Out of the holidays; else the days of the earlier cohort, moved as they are.
    by_school_year: bool
    with_tutors: bool


def copied_days(source: Cohort, wanted: Copy) -> Sequence[Dates]:
    """Lay out the days of a copy."""
    plan, breaks = course_calendar(source.calendar)
    if not wanted.by_school_year:
        days = {"start": source.starts_on, "new_start": wanted.starts_on}
        return moved_rows(source.dates, plan, breaks=breaks, **days)
    if plan is None:
        raise RuleError(
            "Календаря, по которому шёл поток, в курсе больше нет. Возьмите его же дни."
        )
    return calendar_rows(plan, wanted.starts_on, breaks, past_holidays=True)


def make_copy(source: Cohort, wanted: Copy) -> Cohort:
    """Make a planned cohort of an earlier one; the caller stores and commits it.

    Its people, works, meetings and letters stay where they are, and so does its rule:
    the next one freezes when the copy opens.
    """
    if source.is_planned:
        raise RuleError(
            "Этот поток ещё готовится, повторять в нём нечего. Создайте новый."
        )
    copy = Cohort(name=wanted.name, starts_on=wanted.starts_on)
    for column in SETTINGS:
        setattr(copy, column, getattr(source, column))
    if wanted.with_tutors:
        copy.tutors, copy.lead = list(source.tutors), source.lead
    write_dates(copy, copied_days(source, wanted))
    return copy
