"""What the letter of the day says of meetings that were agreed with mentors."""

from zoneinfo import ZoneInfo

from lms.core.database import utcnow
from lms.core.links import site_link
from lms.identity.accounts.models import User
from lms.network.mentors.listing import agreed_meetings
from lms.overview.digest.talks import Line
from lms.schools.meetings.wording import when


def lines_of_mentors(person: User) -> list[Line]:
    """Name what is today and tomorrow; of a move people learn at once."""
    zone = ZoneInfo(person.timezone)
    today = utcnow().astimezone(zone).date()
    return [
        Line(
            f"{when(one.meets_at, zone)} — встреча с наставником: {one.topic}"
            f" ({one.place})",
            site_link("mentors.request", request_id=one.id),
        )
        for one in agreed_meetings(person)
        if one.meets_at and one.is_ahead
        if (one.meets_at.astimezone(zone).date() - today).days in (0, 1)
    ]
