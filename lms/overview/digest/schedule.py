"""When the letter of the day goes out, and since when things are news in it."""

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.jobs import Job
from lms.core.language import course_day, site_zone, today

# Of the course's day.
HOUR = 8
# A site that stood still tells no more of what was before.
LATEST = timedelta(days=7)


def key_of(person_id: int, day: date) -> str:
    """Return the key of the job that sends a person the letter of a day."""
    return f"digest:{person_id}:{day}"


def yesterdays_letter_at() -> datetime:
    """Return since when things are news today to whoever had yesterday's letter."""
    return _hour_of(today() - timedelta(days=1))


def last_letter_at(person_id: int) -> datetime:
    """Return since when things are news today to a person.

    A letter that was made on a later day said nothing, so what was to be in it is still
    untold, as when nobody did the jobs of a day.
    """
    days = [today() - timedelta(days=n) for n in range(1, LATEST.days + 1)]
    keys = {key_of(person_id, day): day for day in days}
    done = db.session.execute(
        sa.select(Job.key, Job.done_at).where(
            Job.key.in_(keys), Job.done_at.is_not(None)
        )
    )
    in_time = (
        keys[key] for key, at in done if key and at and course_day(at) == keys[key]
    )
    return _hour_of(max(in_time, default=days[0]))


def _hour_of(day: date) -> datetime:
    return datetime.combine(day, time(HOUR), site_zone())
