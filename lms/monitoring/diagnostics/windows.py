"""When the diagnostics of a cohort may be answered: before its course, and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lms.core.language import today
from lms.monitoring.diagnostics.models import Moment

# Lessons as a calendar holds them: the place in the course, and the day it opens.
Opening = tuple[int, date]


@dataclass(frozen=True)
class Windows:
    """The days of both; a calendar with one lesson only has neither."""

    # The entry ends the evening before this day, the exit begins on that one.
    second_on: date | None
    last_on: date | None

    def is_open(self, moment: Moment) -> bool:
        """Tell whether the calendar has room for it today."""
        if self.second_on is None or self.last_on is None:
            return False
        if moment is Moment.ENTRY:
            return today() < self.second_on
        return self.last_on <= today()

    @property
    def entry_until(self) -> date | None:
        """Return the last day of the entry."""
        return self.second_on and self.second_on - timedelta(days=1)


def windows_of(openings: Iterable[Opening]) -> Windows:
    """Find both in a calendar; what stands before the first lesson is none."""
    lessons = sorted(one for one in openings if one[0])
    days = [day for _, day in lessons]
    return Windows(days[1], days[-1]) if len(days) > 1 else Windows(None, None)
