"""The first working day of a month by the Labour Code, without moved days off."""

from datetime import date, timedelta

# Article 112: New Year up to the 8th of January, the 1st of May; other days off are
# never the first of their month that is no weekend.
DAYS_OFF = {(1, day) for day in range(1, 9)} | {(5, 1)}
SATURDAY = 5


def first_working_day(day: date) -> date:
    """Return the first working day of the month of a day."""
    first = day.replace(day=1)
    while first.weekday() >= SATURDAY or (first.month, first.day) in DAYS_OFF:
        first += timedelta(days=1)
    return first
