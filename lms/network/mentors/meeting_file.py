"""The meeting of a request as other calendars take it; it names no person."""

from icalendar import Event

from lms.core.links import site_link
from lms.network.mentors.models import MentorRequest
from lms.schools.meetings.event import MEDIA_TYPE, empty_calendar, whole, written

__all__ = ["MEDIA_TYPE", "meeting_file"]


def meeting_file(request: MentorRequest) -> bytes:
    """Write the meeting in UTC, to be added to somebody's own calendar."""
    event = mentor_event(request)
    calendar = empty_calendar(str(event["summary"]))
    calendar.add_component(event)
    return written(calendar)


def mentor_event(request: MentorRequest) -> Event:
    """Write the meeting as one event of a calendar; moved, it stays the same event."""
    link = site_link("mentors.request", request_id=request.id)
    event = Event()
    event.add("uid", f"mentor-request-{request.id}@tochka-sborki")
    event.add("dtstamp", whole(request.held_since))
    event.add("sequence", request.sequence)
    if request.meets_at:
        event.add("dtstart", request.meets_at)
        event.add("dtend", request.meeting_ends_at)
    event.add("summary", f"Встреча с наставником: {request.topic}")
    event.add("location", request.place)
    event.add("url", link)
    event.add("description", link)
    return event
