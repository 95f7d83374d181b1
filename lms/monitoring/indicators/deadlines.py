"""When the numbers of a half-year are due, and which half-year it is about now."""

from datetime import date, timedelta

from lms.core.language import today
from lms.core.periods import HalfYear

# The second half ends in August, but the report of a year is due by 1 June.
DUE_OF_AUTUMN = (1, 15)
DUE_OF_SPRING = (5, 20)
OFFERED = 6


def due_of(period: HalfYear) -> date:
    """Return the last day on which schools send the numbers of a half-year."""
    is_spring = period.starts_on.month == 1
    month, day = DUE_OF_SPRING if is_spring else DUE_OF_AUTUMN
    return date(period.starts_on.year + (not is_spring), month, day)


def is_late(period: HalfYear) -> bool:
    """Tell whether the numbers of a half-year were due before today."""
    return due_of(period) < today()


def asked_period(on: date | None = None) -> HalfYear:
    """Return the half-year that is asked about: in January still the one before."""
    day = on or today()
    before = before_of(HalfYear.of(day))
    return before if day <= due_of(before) else HalfYear.of(day)


def before_of(period: HalfYear) -> HalfYear:
    """Return the half-year before another."""
    return HalfYear.of(period.starts_on - timedelta(days=1))


def read_period(text: str) -> HalfYear:
    """Return the half-year of a day; for a later or another thing that asked about."""
    asked = asked_period()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return asked
    return HalfYear.of(day) if day <= asked.ends_on else asked


def near_periods(chosen: HalfYear) -> list[HalfYear]:
    """Return the half-years that a school may want: the last two, and the one shown."""
    asked = asked_period()
    return sorted({asked, before_of(asked), chosen}, reverse=True)


def offered_periods(chosen: HalfYear) -> list[HalfYear]:
    """Return the half-years to choose from, the latest first."""
    periods = [asked_period()]
    while len(periods) < OFFERED:
        periods.append(before_of(periods[-1]))
    return sorted({*periods, chosen}, reverse=True)
