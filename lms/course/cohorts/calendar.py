"""From periods of the course to days of a cohort; nothing here knows a database."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from lms.course.content.course import Calendar


class Dates(NamedTuple):
    """When a module opens for a cohort and the last day for its work."""

    slug: str
    opens_on: date
    due_on: date | None


class Change(NamedTuple):
    """What somebody wants of one module, and the mark of what they had before them."""

    slug: str
    seen: str
    wanted: Dates | None


def calendar_rows(calendar: Calendar, starts_on: date) -> list[Dates]:
    """Lay a calendar of the course out from the day a cohort begins.

    A module opens on the first day of its period and is due on the last day of the
    period it names; the first period begins on `starts_on` itself.
    """
    return [
        Dates(
            row.module,
            _first_day(calendar, starts_on, row.opens),
            _last_day(calendar, starts_on, row.due) if row.due else None,
        )
        for row in calendar.rows
    ]


def moved_rows(
    rows: Iterable[Dates], calendar: Calendar | None, *, start: date, new_start: date
) -> list[Dates]:
    """Move the days of a cohort to another first day.

    A day that stands as the calendar put it is laid out anew, so the last day of a
    month stays the last day of a month. A day that was set by hand, and every day
    when the course has this calendar no more, moves by as many months and days as
    the first day does.
    """
    before, after = _by_slug(calendar, start), _by_slug(calendar, new_start)
    shift = relativedelta(new_start, start)
    moved = []
    for slug, opens_on, due_on in rows:
        laid_out = dict(zip(before.get(slug, ()), after.get(slug, ()), strict=True))
        new_opening = laid_out.get(opens_on) or opens_on + shift
        new_due = due_on and (laid_out.get(due_on) or due_on + shift)
        moved.append(Dates(slug, new_opening, new_due))
    return moved


def mark(row: Dates | None) -> str:
    """Tell one state of a row from another: what was read from what is stored."""
    return f"{row.opens_on}/{row.due_on or ''}" if row else ""


def _by_slug(
    calendar: Calendar | None, starts_on: date
) -> dict[str, tuple[date | None, ...]]:
    rows = calendar_rows(calendar, starts_on) if calendar else []
    return {slug: (opens_on, due_on) for slug, opens_on, due_on in rows}


def _first_day(calendar: Calendar, starts_on: date, period: int) -> date:
    """Count from the start each time: 31 January + 2 months is 31 March again."""
    if calendar.unit == "month":
        return starts_on + relativedelta(months=period - 1)
    return starts_on + relativedelta(weeks=period - 1)


def _last_day(calendar: Calendar, starts_on: date, period: int) -> date:
    return _first_day(calendar, starts_on, period + 1) - timedelta(days=1)
