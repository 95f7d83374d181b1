"""A recording that no longer opens: whoever called the meeting is told.

A machine could not tell: places for videos answer alike for those that were taken
down. What people have met by a recording stays.
"""

import logging

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.mail import send_mail
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.meetings.models import Meeting

logger = logging.getLogger(__name__)


def tell_lost(meeting: Meeting, *, reader: User) -> None:
    """Keep that a link leads nowhere, and write once to whoever called the meeting."""
    if not meeting.recording_url:
        raise RuleError("Ссылки на запись у этой встречи уже нет.")
    first = db.session.scalar(
        sa.update(Meeting)
        .where(Meeting.id == meeting.id, Meeting.recording_lost_at.is_(None))
        .values(recording_lost_at=utcnow())
        .returning(Meeting.id)
    )
    if first and meeting.created_by.closed_at is None:
        record(reader.id, "запись встречи не открывается", meeting)
        send_mail(
            meeting.created_by.email,
            f"Запись не открывается: {meeting.title}",
            "schools/meetings/mail/lost.txt",
            person=meeting.created_by,
            about={"person": meeting.created_by.id},
            meeting=meeting,
        )
    db.session.commit()
    logger.info("meeting %s: recording lost, says user %s", meeting.id, reader.id)
