"""A meeting as other calendars take it (RFC 5545); it names no person."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event
from werkzeug.urls import iri_to_uri

from lms.core.language import site_zone
from lms.core.links import site_link
from lms.schools.meetings.models import Meeting

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=6)


def meeting_file(meeting: Meeting) -> bytes:
    """Write one meeting, to be added to somebody's own calendar."""
    calendar = empty_calendar(meeting.title)
    calendar.add_component(meeting_event(meeting, ""))
    return written(calendar)


def empty_calendar(name: str) -> Calendar:
    """Begin a calendar that programs read again every few hours."""
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


def written(calendar: Calendar) -> bytes:
    """Return a calendar as it goes over the net."""
    text: bytes = calendar.to_ical()
    return text


def meeting_event(meeting: Meeting, prefix: str) -> Event:
    """Write a meeting in UTC: every program knows it, whatever zones it knows.

    A description of our zone must be exact for all clock changes since 1970, and
    programs that read it came out an hour late.
    """
    event = Event()
    event.add("uid", f"meeting-{meeting.id}@tochka-sborki")
    event.add("dtstamp", whole(meeting.changed_at))
    event.add("last-modified", whole(meeting.changed_at))
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


def whole(moment: datetime) -> datetime:
    """Leave out the parts of a second, which calendars do not know."""
    return moment.replace(microsecond=0)
