"""A calendar as a file for other programs (RFC 5545); it names no person."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event
from werkzeug.urls import iri_to_uri

from lms.core.language import site_zone
from lms.core.links import site_link
from lms.overview.agenda.entries import Entry, Kind
from lms.overview.agenda.models import Meeting

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=6)
# An event of a whole day begins at midnight: nine in the morning the day before.
MORNING_BEFORE = timedelta(hours=-15)


def calendar_file(
    entries: Sequence[Entry], *, name: str, names_cohorts: bool = False
) -> bytes:
    """Write a calendar; staff read the cohort's name in every event."""
    calendar = _calendar(name)
    for entry in entries:
        prefix = f"{entry.cohort.name}: " if names_cohorts else ""
        if entry.meeting:
            calendar.add_component(_meeting(entry.meeting, prefix))
        else:
            calendar.add_component(_day(entry, prefix))
    return _text(calendar)


def meeting_file(meeting: Meeting) -> bytes:
    """Write one meeting, to be added to somebody's own calendar."""
    calendar = _calendar(meeting.title)
    calendar.add_component(_meeting(meeting, ""))
    return _text(calendar)


def _text(calendar: Calendar) -> bytes:
    text: bytes = calendar.to_ical()
    return text


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Точка сборки//Календарь//RU")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(site_zone()))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    return calendar


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
    event.add("dtstamp", _whole(cohort.opened_at or cohort.created_at))
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


def _meeting(meeting: Meeting, prefix: str) -> Event:
    """Write a meeting in UTC: every program knows it, whatever zones it knows.

    A description of our zone must be exact for all clock changes since 1970, and
    programs that read it came out an hour late.
    """
    event = Event()
    event.add("uid", f"meeting-{meeting.id}@tochka-sborki")
    event.add("dtstamp", _whole(meeting.changed_at))
    event.add("last-modified", _whole(meeting.changed_at))
    event.add("sequence", meeting.sequence)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    cancelled = meeting.is_cancelled
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", f"{'Отменена: ' if cancelled else ''}{prefix}{meeting.title}")
    if place := ", ".join(filter(None, [meeting.place, meeting.link])):
        event.add("location", place)
    link = meeting.link or site_link("agenda.index")
    event.add("url", iri_to_uri(link))
    event.add("description", link)
    return event


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
