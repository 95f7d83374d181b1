"""«Буду» and «Не смогу»: what people say before a meeting."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.schools.meetings.models import Meeting, MeetingReply

LATE = "Встреча уже началась, предупреждать больше не нужно."
OFF = "Встреча отменена."


def reply(meeting: Meeting, user: User, *, comes: bool) -> None:
    """Keep what a person says, in place of what the person said before."""
    if meeting.is_cancelled:
        raise RuleError(OFF)
    if meeting.has_begun:
        raise RuleError(LATE)
    said = {"comes": comes, "replied_at": utcnow()}
    facts = {"meeting_id": meeting.id, "user_id": user.id}
    try:
        with db.session.begin_nested():
            db.session.add(MeetingReply(**facts, **said))
    except IntegrityError:
        db.session.execute(sa.update(MeetingReply).filter_by(**facts).values(**said))
    db.session.commit()


def reply_of(meeting: Meeting, user: User) -> MeetingReply | None:
    """Return what a person has said."""
    return db.session.get(MeetingReply, (meeting.id, user.id))


def replies_of(meeting: Meeting, user_ids: Collection[int]) -> dict[int, bool]:
    """Tell of some people whether they come; of the others nothing is known."""
    rows = db.session.execute(
        sa.select(MeetingReply.user_id, MeetingReply.comes)
        .where(MeetingReply.meeting_id == meeting.id)
        .where(MeetingReply.user_id.in_(user_ids))
        .order_by(MeetingReply.user_id)
    )
    return {row.user_id: row.comes for row in rows}
