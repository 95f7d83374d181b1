"""What stands in a calendar: openings, due dates, meetings, with their state."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lms.core.language import local_day, plural, today
from lms.course.cohorts.models import Cohort
from lms.course.modules.outlines import ModuleOutline
from lms.network.mentors.models import MentorRequest
from lms.overview.agenda.wording import how_late
from lms.schools.meetings.models import Meeting
from lms.work.credits.gradebook import Work
from lms.work.credits.path import Step
from lms.work.credits.schedule import ScheduledModule
from lms.work.credits.state import State

# What the people of a work read beside its day, with the colour.
WORDS = {
    State.WAITING: ("отправлено, ждёт проверки", "sky"),
    State.DISPUTED: ("вернули, просим пересмотреть", "sky"),
    State.RETURNED: ("вернули на доработку", "brick"),
    State.ACCEPTED: ("зачтено", "pine"),
}


class Kind(enum.Enum):
    """What happens on a day. The value is what people read."""

    OPENING = "открывается занятие"
    DUE = "срок работы"
    MEETING = "событие"
    MENTOR = "встреча с наставником"


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
    module: ModuleOutline | None = None
    work: Work | None = None
    meeting: Meeting | None = None
    # The request to a mentor of which this is the meeting.
    request: MentorRequest | None = None
    # The owner of this calendar has still to send the work.
    is_pending: bool = False
    # Some work that the day asked for is not there.
    is_late: bool = False

    @property
    def days_left(self) -> int:
        return (self.day - today()).days

    @property
    def order(self) -> tuple[date, int, float, str]:
        """By days; what opens stands before what is due, meetings by the hour."""
        moment = self.begins_at.timestamp() if self.begins_at else 0
        return self.day, list(Kind).index(self.kind), moment, self.title

    @property
    def begins_at(self) -> datetime | None:
        """When people meet; nothing of what has no hour."""
        if self.meeting:
            return self.meeting.starts_at
        return self.request.meets_at if self.request else None

    @property
    def ends_at(self) -> datetime | None:
        if self.meeting:
            return self.meeting.ends_at
        return self.request.meeting_ends_at if self.request else None

    @property
    def text(self) -> str:
        """What it is found by."""
        audience = self.meeting.audience if self.meeting else ""
        return f"{self.title} {self.cohort.name} {audience}"

    @property
    def is_readable(self) -> bool:
        """Tell whether there is a lesson to open."""
        return self.module is not None and self.module.is_live


def opening(scheduled: ScheduledModule, cohort: Cohort) -> Entry:
    """Make the line of the day on which a lesson opens."""
    module, day = scheduled.module, scheduled.opens_on
    state = "" if module.is_live else "занятие готовится"
    title = scheduled.label
    return Entry(Kind.OPENING, day, title, cohort, state=state, module=module)


def own_due(step: Step, cohort: Cohort, due_on: date) -> Entry:
    """Make the line of a due date for the people whose work it is."""
    pending = step.has_deadline
    words, colour = WORDS.get(step.state, ("", "sun"))
    left = how_late((due_on - today()).days) if pending else ""
    return Entry(
        Kind.DUE,
        due_on,
        step.label,
        cohort,
        state=", ".join(filter(None, [words, left])),
        colour=colour,
        module=step.module,
        work=step.submission,
        is_pending=pending,
        is_late=step.is_late,
    )


def staff_due(
    scheduled: ScheduledModule, steps: Sequence[Step], cohort: Cohort, due_on: date
) -> Entry:
    """Make the line of a due date for those who look after the teams."""
    late = sum(step.is_late for step in steps)
    return Entry(
        Kind.DUE,
        due_on,
        scheduled.label,
        cohort,
        state=_of_teams(steps, late),
        colour="sun" if late else "",
        module=scheduled.module,
        is_late=late > 0,
    )


def _of_teams(steps: Sequence[Step], late: int) -> str:
    """Say how many teams are late, else how many have sent their work."""
    if late:
        return f"просрочено у {plural(late, 'команды', 'команд', 'команд')}"
    sent = sum(bool(step.submission and step.submission.sent_at) for step in steps)
    if not steps:
        return ""
    return "прислали все" if sent == len(steps) else f"прислали {sent} из {len(steps)}"


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


def mentor_entry(request: MentorRequest, moment: datetime, cohort: Cohort) -> Entry:
    """Make the line of a meeting with a mentor, for either of the two."""
    day = local_day(moment)
    return Entry(Kind.MENTOR, day, request.topic, cohort, request=request)
