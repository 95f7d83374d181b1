"""The days of a cohort: written from a calendar of the course, changed one by one."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.calendar import Change, Dates, mark
from lms.course.cohorts.lock import lock_cohort
from lms.course.cohorts.models import CalendarRow, Cohort
from lms.course.cohorts.signals import calendar_changed
from lms.course.content.course import Calendar
from lms.course.content.holidays import Break
from lms.course.modules.models import Module
from lms.course.modules.services import current_course
from lms.identity.accounts.models import User
from lms.identity.audit.services import record


def change_dates(cohort: Cohort, *, changes: Sequence[Change], actor: User) -> None:
    """Change the days of single modules; the others stay as somebody else left them.

    Two people who change one module never overwrite each other: the second one is
    refused and sees both. A module may leave the calendar only before the cohort
    opens: later there may be work on it.
    """
    lock_cohort(cohort)
    rows: dict[str, Dates | None] = {row.slug: row for row in cohort.dates}
    for slug, seen, wanted in changes:
        if mark(rows.get(slug)) not in {seen, mark(wanted)}:
            raise RuleError(
                "Пока вы правили даты, кто-то ещё изменил те же занятия. У них"
                " написано, что в календаре сейчас. Проверьте и сохраните ещё раз."
            )
        if wanted is None and slug in rows and not cohort.is_planned:
            raise RuleError(
                "Поток уже открыт, и занятие из календаря не убирают: по нему может"
                " идти работа. Верните дату открытия или перенесите её."
            )
    before = _days(cohort)
    rows |= {change.slug: change.wanted for change in changes}
    write_dates(cohort, [row for row in rows.values() if row])
    after = _days(cohort)
    if after != before:
        record(actor.id, "изменён календарь", cohort, before=before, after=after)
    db.session.commit()


def holidays() -> list[Break]:
    """Return the holidays of the course: none before its first import."""
    course = current_course()
    return course.breaks if course else []


def course_calendar(key: str) -> tuple[Calendar | None, list[Break]]:
    """Return a calendar of the course, if there is such a one, and its holidays."""
    course = current_course()
    return (course.calendars.get(key), course.breaks) if course else (None, [])


def write_dates(cohort: Cohort, dates: Sequence[Dates]) -> None:
    """Make the rows of a calendar those of `dates`; the caller commits."""
    modules = {m.slug: m for m in db.session.scalars(sa.select(Module))}
    rows = {row.module.slug: row for row in cohort.rows}
    kept = []
    due_days = {}
    for slug, opens_on, due_on in dates:
        if slug not in modules:
            continue
        row = rows.get(slug) or CalendarRow(module=modules[slug])
        if slug in rows and row.due_on != due_on:
            due_days[row.module_id] = (row.due_on, due_on)
        row.position = modules[slug].position
        row.opens_on, row.due_on = opens_on, due_on
        kept.append(row)
    cohort.rows = kept
    calendar_changed.send(cohort, due_days=due_days)


def _days(cohort: Cohort) -> dict[str, Any]:
    return {
        slug: f"{opens_on} – {due_on or 'без срока'}"
        for slug, opens_on, due_on in cohort.dates
    }
