"""What stands in a calendar: openings, due dates and meetings, with their state."""

import enum
from dataclasses import dataclass
from datetime import date

from lms.core.language import local_day, today
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.programme import numbered
from lms.course.modules.models import Module
from lms.overview.agenda.models import Meeting
from lms.overview.agenda.wording import how_late
from lms.work.submissions.models import Status, Submission


class Kind(enum.Enum):
    """What happens on a day. The value is what people read."""

    OPENING = "открывается занятие"
    DUE = "срок работы"
    MEETING = "событие"


@dataclass(frozen=True)
class Entry:
    """One line of a calendar."""

    kind: Kind
    day: date
    title: str
    cohort: Cohort
    # What became of it, in words, and the colour that repeats them.
    state: str = ""
    colour: str = ""
    module: Module | None = None
    submission: Submission | None = None
    meeting: Meeting | None = None
    # The owner of this calendar still has to send the work.
    is_pending: bool = False
    # Some work that the day asked for is not there.
    is_overdue: bool = False

    @property
    def days_left(self) -> int:
        return (self.day - today()).days

    @property
    def order(self) -> tuple[date, int, float, str]:
        """By days; what opens stands before what is due, meetings by the hour."""
        moment = self.meeting.starts_at.timestamp() if self.meeting else 0
        return self.day, list(Kind).index(self.kind), moment, self.title

    @property
    def is_readable(self) -> bool:
        """Tell whether there is a lesson to open."""
        return self.module is not None and self.module.is_live


def lesson_title(module: Module) -> str:
    """«4. Наставничество», or its place in the course while nobody has written it."""
    if module.current_revision:
        return numbered(module.position, module.current_revision.title)
    return f"Занятие {module.position}" if module.position else "Вводное занятие"


def asks_for_work(module: Module) -> bool:
    """Tell whether a due date means anything; an unwritten lesson may ask yet."""
    revision = module.current_revision
    return revision is None or bool(revision.assignment_title)


def opening(cohort: Cohort, module: Module, opens_on: date) -> Entry:
    """Make the line of the day on which a lesson opens."""
    state = "" if module.is_live else "занятие готовится"
    title = lesson_title(module)
    return Entry(Kind.OPENING, opens_on, title, cohort, state=state, module=module)


def own_due(
    cohort: Cohort,
    module: Module,
    due_on: date,
    *,
    work: Submission | None,
    is_open: bool,
    is_credited: bool,
) -> Entry:
    """Make the line of a due date for the people whose work it is."""
    pending = is_open and module.is_live and cohort.is_open and not is_credited
    if work and work.status in {Status.WAITING, Status.ACCEPTED}:
        pending = False
    days_left = (due_on - today()).days
    state, colour = how_late(days_left) if pending else "", "sun"
    if is_credited or (work and work.is_accepted):
        state, colour = "зачтено", "pine"
    elif work and work.is_waiting:
        state, colour = "отправлено, ждёт проверки", "sky"
    elif work and work.status is Status.RETURNED and pending:
        state, colour = f"вернули на доработку, {state}", "brick"
    return Entry(
        Kind.DUE,
        due_on,
        lesson_title(module),
        cohort,
        state=state,
        colour=colour,
        module=module,
        submission=work,
        is_pending=pending,
        is_overdue=pending and days_left < 0,
    )


def meeting_entry(meeting: Meeting) -> Entry:
    """Make the line of a meeting, on its day for the person who looks."""
    state = "отменена" if meeting.is_cancelled else ""
    return Entry(
        Kind.MEETING,
        local_day(meeting.starts_at),
        meeting.title,
        meeting.cohort,
        state=state,
        colour="brick",
        meeting=meeting,
    )
