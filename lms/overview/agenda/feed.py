"""A calendar as a file for other programs (RFC 5545); it names no person."""

from collections.abc import Sequence
from datetime import timedelta

from icalendar import Alarm, Event

from lms.core.links import site_link
from lms.network.mentors.meeting_file import mentor_event
from lms.overview.agenda.entries import Entry, Kind
from lms.schools.meetings.event import empty_calendar, meeting_event, whole, written

# An event of a whole day begins at midnight: nine in the morning the day before.
MORNING_BEFORE = timedelta(hours=-15)


def calendar_file(
    entries: Sequence[Entry], *, name: str, names_cohorts: bool = False
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
    return written(calendar)


def _day(entry: Entry, prefix: str) -> Event:
    """Write an opening or a due date: a whole day, during which people are free.

    The stamp is that of the cohort, so the file changes only when its days do.
    """
    opens = entry.kind is Kind.OPENING
    cohort, module = entry.cohort, entry.module
    number = module.id if module else 0
    what = "opening" if opens else "due"
    event = Event()
    event.add("uid", f"{what}-{cohort.id}-{number}@tochka-sborki")
    event.add("dtstamp", whole(cohort.opened_at or cohort.created_at))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    words = "Открывается" if opens else "Срок"
    event.add("summary", f"{prefix}{words}: {entry.title}")
    event.add("transp", "TRANSPARENT")
    link = site_link("agenda.index")
    if module and entry.is_readable:
        link = site_link("modules.read", slug=module.slug)
    event.add("url", link)
    event.add("description", link)
    if entry.is_pending:
        event.add_component(_alarm(str(event["summary"])))
    return event


def _alarm(words: str) -> Alarm:
    """Remind of a due date on the morning of the day before, by the reader's clock."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", MORNING_BEFORE)
    return alarm
