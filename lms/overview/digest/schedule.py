"""When the letter of the day goes out."""

from datetime import datetime, time, timedelta

from lms.core.language import site_zone, today

# Of the course's day.
HOUR = 8


def yesterdays_letter_at() -> datetime:
    """Return since when things are news today."""
    yesterday = today() - timedelta(days=1)
    return datetime.combine(yesterday, time(HOUR), site_zone())
