"""The meeting of a request as other calendars take it; it names no person."""

from datetime import timedelta

from icalendar import Event

from lms.core.links import site_link
from lms.network.mentors.models import MentorRequest
from lms.schools.meetings.event import MEDIA_TYPE, empty_calendar, whole, written

__all__ = ["MEDIA_TYPE", "meeting_file"]


def meeting_file(request: MentorRequest) -> bytes:
    """Write the meeting in UTC, to be added to somebody's own calendar."""
    title = f"Встреча с наставником: {request.topic}"
    link = site_link("mentors.request", request_id=request.id)
    event = Event()
    event.add("uid", f"mentor-request-{request.id}@tochka-sborki")
    event.add("dtstamp", whole(request.held_since))
    event.add("sequence", request.sequence)
    if request.meets_at:
        event.add("dtstart", request.meets_at)
        event.add("dtend", request.meets_at + timedelta(minutes=request.minutes))
    event.add("summary", title)
    event.add("location", request.place)
    event.add("url", link)
    event.add("description", link)
    calendar = empty_calendar(title)
    calendar.add_component(event)
    return written(calendar)
