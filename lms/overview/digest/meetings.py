"""What the letter of the day says of meetings."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from lms.core.database import utcnow
from lms.identity.accounts.models import User
from lms.overview.agenda.entries import Entry
from lms.overview.digest.naming import Names
from lms.overview.digest.talks import Line
from lms.schools.meetings.wording import when


def lines_of_meetings(
    entries: Iterable[Entry], person: User, names: Names, since: datetime
) -> list[Line]:
    """Name what is today and tomorrow, and what has changed since the letter before."""
    zone = ZoneInfo(person.timezone)
    local_today = utcnow().astimezone(zone).date()
    lines = []
    for meeting in (entry.meeting for entry in entries if entry.meeting):
        ahead = (meeting.starts_at.astimezone(zone).date() - local_today).days
        is_new = meeting.changed_at >= since
        is_near = ahead in (0, 1) and not meeting.is_cancelled
        if meeting.is_over or not (is_new or is_near):
            continue
        title = f"{names[meeting.cohort_id]}{meeting.title}"
        text = f"{when(meeting.starts_at, zone)} — {title}"
        if meeting.is_cancelled:
            lines.append(Line(f"{text} (отменена)"))
        else:
            place = f" ({meeting.place})" if meeting.place else ""
            lines.append(Line(f"{text}{place}", meeting.link))
    return lines
