"""What the calendar of a cohort shows its participants on a day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lms.course.cohorts.models import Cohort
from lms.work.credits.schedule import ScheduledModule, schedule_of


@dataclass(frozen=True)
class SeenModule(ScheduledModule):
    """A module as it stands on a day that need not be today."""

    on: date = date.max

    @cached_property
    def is_ahead(self) -> bool:
        return self.opens_on > self.on

    @property
    def has_deadline(self) -> bool:
        """Tell whether its people have a due day before them."""
        asks = self.is_open and self.asks_for_work
        return asks and self.due_on is not None and self.due_on >= self.on

    @property
    def is_late(self) -> bool:
        """Nobody in particular looks, so nothing is late."""
        return False


def seen_modules(cohort: Cohort, on: date) -> list[SeenModule]:
    """Return the modules of a cohort on a day; one statement, and nothing is written.

    The texts are those that are live now, whatever the day.
    """
    return [
        SeenModule(
            module=one.module,
            opens_on=one.opens_on,
            due_on=one.due_on,
            cohort=cohort,
            is_required=one.is_required,
            on=on,
        )
        for one in schedule_of([cohort])[cohort.id]
    ]
