"""A calendar as a file for other programs (RFC 5545); it names no person."""

from collections.abc import Sequence
from datetime import date, timedelta

from icalendar import Alarm, Event

from lms.core.language import midnight
from lms.core.links import site_link
from lms.core.periods import SchoolYear
from lms.network.mentors.meeting_file import mentor_event
from lms.overview.agenda.deadlines import Deadline
from lms.overview.agenda.entries import Entry, Kind
from lms.schools.meetings.event import empty_calendar, meeting_event, whole, written

# An event of a whole day begins at midnight: nine in the morning the day before.
MORNING_BEFORE = timedelta(hours=-15)


def calendar_file(
    entries: Sequence[Entry],
    *,
    name: str,
    names_cohorts: bool = False,
    deadlines: Sequence[Deadline] = (),
) -> bytes:
    """Write a calendar; staff read the cohort's name in every event."""
    calendar = empty_calendar(name)
    for entry in entries:
        prefix = f"{entry.cohort.name}: " if names_cohorts else ""
        if entry.meeting:
            calendar.add_component(meeting_event(entry.meeting, prefix))
        elif entry.request:
            calendar.add_component(mentor_event(entry.request))
        else:
            calendar.add_component(_day(entry, prefix))
    for deadline in deadlines:
        calendar.add_component(_deadline(deadline))
    return written(calendar)


def _day(entry: Entry, prefix: str) -> Event:
    """Write an opening or a due date: a whole day, during which people are free.

    The stamp is that of the cohort, so the file changes only when its days do.
    """
    opens = entry.kind is Kind.OPENING
    cohort, module = entry.cohort, entry.module
    number = module.id if module else 0
    what = "opening" if opens else "due"
    event = _whole_day(f"{what}-{cohort.id}-{number}", entry.day)
    event.add("dtstamp", whole(cohort.opened_at or cohort.created_at))
    words = "Открывается" if opens else "Срок"
    event.add("summary", f"{prefix}{words}: {entry.title}")
    link = site_link("agenda.index")
    if module and entry.is_readable:
        link = site_link("modules.read", slug=module.slug)
    event.add("url", link)
    event.add("description", link)
    if entry.is_pending:
        event.add_component(_alarm(str(event["summary"])))
    return event


def _deadline(deadline: Deadline) -> Event:
    """Write the day of numbers or a report; its stamp is the first day of the year."""
    event = _whole_day(deadline.uid, deadline.day)
    event.add("dtstamp", whole(midnight(SchoolYear.of(deadline.day).starts_on)))
    event.add("summary", f"Срок: {deadline.title}")
    link = site_link(deadline.endpoint, **deadline.values)
    event.add("url", link)
    event.add("description", link)
    if deadline.is_pending:
        event.add_component(_alarm(str(event["summary"])))
    return event


def _whole_day(uid: str, day: date) -> Event:
    """Begin the event of a day during which people are free."""
    event = Event()
    event.add("uid", f"{uid}@tochka-sborki")
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _alarm(words: str) -> Alarm:
    """Remind of a due date on the morning of the day before, by the reader's clock."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", MORNING_BEFORE)
    return alarm
