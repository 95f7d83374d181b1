"""From periods of the course to days of a cohort; nothing here knows a database."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from lms.course.content.course import Calendar
from lms.course.content.holidays import Break

_DAY = timedelta(days=1)
_SATURDAY = 5


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


def calendar_rows(
    calendar: Calendar,
    starts_on: date,
    breaks: Sequence[Break] = (),
    *,
    past_holidays: bool = False,
) -> list[Dates]:
    """Lay a calendar of the course out from the day a cohort begins.

    A module opens on the first day of its period and is due on the last day of the
    period it names; the first period begins on `starts_on` itself. Weeks always pass
    over holidays, months only when somebody wants it: a calendar in months has a
    summer of its own.
    """
    rows = [
        Dates(
            row.module,
            _first_day(calendar, starts_on, row.opens),
            _last_day(calendar, starts_on, row.due) if row.due else None,
        )
        for row in calendar.rows
    ]
    if past_holidays or calendar.unit == "week":
        return rows_past_holidays(rows, breaks)
    return rows


def in_holidays(row: Dates, breaks: Sequence[Break], since: date = date.min) -> bool:
    """Tell a module that opens or is due in holidays, from a day on."""
    return any(
        day >= since and _is_off(day, breaks)
        for day in (row.opens_on, row.due_on)
        if day
    )


def rows_past_holidays(
    rows: Sequence[Dates], breaks: Sequence[Break], since: date = date.min
) -> list[Dates]:
    """Move days out of holidays to the first working day after them.

    What follows moves along, so that a module keeps its time and its place; days
    between two modules that belong to neither are used up first. Days before `since`
    stay: what was then has happened.
    """
    moved: dict[str, Dates] = {}
    shift, last = timedelta(), None
    for row in sorted(rows, key=lambda row: (row.opens_on, row.due_on or date.max)):
        opens_on, due_on = row.opens_on, row.due_on
        shift = _still_behind(shift, last, row) if opens_on >= since else timedelta()
        if opens_on >= since:
            opens_on = _past_holidays(opens_on + shift, breaks)
            shift = opens_on - row.opens_on
        if due_on and due_on >= since:
            due_on = _past_holidays(due_on + shift, breaks)
            if last and last.due_on and last.due_on <= (row.due_on or due_on):
                due_on = max(due_on, moved[last.slug].due_on or due_on)
        moved[row.slug] = Dates(row.slug, opens_on, due_on)
        last = row if last is None or _end(row) >= _end(last) else last
    return [moved[row.slug] for row in rows]


def moved_rows(
    rows: Iterable[Dates],
    calendar: Calendar | None,
    *,
    start: date,
    new_start: date,
    breaks: Sequence[Break] = (),
) -> list[Dates]:
    """Move the days of a cohort to another first day.

    A day that stands as the calendar put it is laid out anew, so the last day of a
    month stays the last day of a month, and what was moved out of holidays stays out
    of them. A day that was set by hand, and every day when the course has this
    calendar no more, moves by as many months and days as the first day does.
    """
    rows = list(rows)
    before, after = _layouts(rows, calendar, start, new_start, breaks)
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


_Layout = dict[str, tuple[date | None, ...]]


def _layouts(
    rows: Sequence[Dates],
    calendar: Calendar | None,
    start: date,
    new_start: date,
    breaks: Sequence[Break],
) -> tuple[_Layout, _Layout]:
    """Lay out both first days as the cohort was: past holidays, or as it came."""
    if calendar is None:
        return {}, {}
    plain = calendar_rows(calendar, start, breaks)
    past = calendar_rows(calendar, start, breaks, past_holidays=True)
    went_past = any(row in past and row not in plain for row in rows)
    after = calendar_rows(calendar, new_start, breaks, past_holidays=went_past)
    return _by_slug(past if went_past else plain), _by_slug(after)


def _by_slug(rows: Iterable[Dates]) -> _Layout:
    return {slug: (opens_on, due_on) for slug, opens_on, due_on in rows}


def _is_off(day: date, breaks: Sequence[Break]) -> bool:
    return any(one.holds(day) for one in breaks)


def _end(row: Dates) -> date:
    return row.due_on or row.opens_on


def _still_behind(shift: timedelta, last: Dates | None, row: Dates) -> timedelta:
    """Return what is left of a delay after the idle days before a module."""
    if last is None or last.due_on is None:
        return shift
    idle = row.opens_on - last.due_on - _DAY
    return max(shift - max(idle, timedelta()), timedelta())


def _past_holidays(day: date, breaks: Sequence[Break]) -> date:
    """Return a day of study as it is, else the first working day after."""
    if not _is_off(day, breaks):
        return day
    while _is_off(day, breaks) or day.weekday() >= _SATURDAY:
        day += _DAY
    return day


def _first_day(calendar: Calendar, starts_on: date, period: int) -> date:
    """Count from the start each time: 31 January + 2 months is 31 March again."""
    if calendar.unit == "month":
        return starts_on + relativedelta(months=period - 1)
    return starts_on + relativedelta(weeks=period - 1)


def _last_day(calendar: Calendar, starts_on: date, period: int) -> date:
    return _first_day(calendar, starts_on, period + 1) - timedelta(days=1)
