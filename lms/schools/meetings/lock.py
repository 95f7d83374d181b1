"""Letting those who tell of one meeting follow one another."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.schools.meetings.models import Meeting


def lock_meeting(meeting: Meeting) -> None:
    """Wait for whoever tells of a meeting now, and read what they have told.

    The row is locked alone: the page has it joined with rows that may not be there.
    """
    row = sa.select(Meeting.id).where(Meeting.id == meeting.id)
    db.session.execute(row.with_for_update())
    db.session.expire(meeting)
