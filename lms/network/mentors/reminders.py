"""Requests that stand still: whom the site reminds, and what it closes by itself."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import every_day
from lms.core.language import today
from lms.network.mentors.letters import write
from lms.network.mentors.models import (
    UNDER_WAY,
    WAITING,
    Ending,
    Mentor,
    MentorRequest,
    RequestState,
)
from lms.network.mentors.moves import ended
from lms.network.mentors.offers import give_back_of_lapsed

# Before the morning letters.
HOUR = 6
MENTOR_AFTER = timedelta(days=7)
# The asker is asked how it went so long after the meeting, or after a promise
# from which no meeting has come.
ASKER_AFTER_MEETING = timedelta(days=3)
ASKER_AFTER_PROMISE = timedelta(days=14)
SILENT_FOR = timedelta(days=21)
ONE_SIDE_FOR = timedelta(days=30)


@every_day("mentors", "Наставники: напоминания и закрытие запросов", hour=HOUR)
def look_after_requests(_request: dict[str, Any]) -> None:
    """Remind, close and hand back; done twice, nothing happens twice."""
    close_silent()
    give_back_of_lapsed()
    remind_mentors()
    remind_askers()


def close_silent() -> None:
    """Close what one side has left, and what the asker did not answer."""
    silent = MentorRequest.asker_reminded_at <= utcnow() - SILENT_FOR
    alone = MentorRequest.result_at <= utcnow() - ONE_SIDE_FOR
    for which, ending in ((alone, Ending.ONE_SIDE), (silent, Ending.SILENT)):
        closing = sa.update(MentorRequest).where(
            MentorRequest.state.in_(UNDER_WAY), which
        )
        db.session.execute(closing.values(**ended(ending)))
    db.session.commit()


def remind_mentors() -> None:
    """Write once to whoever has not answered for a week."""
    late = (
        MentorRequest.state.in_(WAITING),
        MentorRequest.held_since <= utcnow() - MENTOR_AFTER,
        MentorRequest.mentor_reminded_at.is_(None),
        MentorRequest.mentor_id.is_not(None),
    )
    for request in _standing(*late):
        if request.mentor:
            write(request, request.mentor.user, "Вас ждёт запрос", "waits")
        request.mentor_reminded_at = utcnow()
    db.session.commit()


def remind_askers() -> None:
    """Write once to whoever has not told how the meeting was, or set none."""
    met = MentorRequest.meets_at <= utcnow() - ASKER_AFTER_MEETING
    is_promised = MentorRequest.state == RequestState.ACCEPTED
    promised = MentorRequest.spent_on <= today() - ASKER_AFTER_PROMISE
    late = (
        MentorRequest.state.in_(UNDER_WAY),
        sa.or_(met, sa.and_(is_promised, promised)),
        MentorRequest.asker_result == "",
        MentorRequest.asker_reminded_at.is_(None),
    )
    for request in _standing(*late):
        write(request, request.asker, "Чем кончился запрос", "result")
        request.asker_reminded_at = utcnow()
    db.session.commit()


def _standing(*which: sa.ColumnElement[bool]) -> Sequence[MentorRequest]:
    query = sa.select(MentorRequest).where(*which).order_by(MentorRequest.id)
    mentor = joinedload(MentorRequest.mentor).joinedload(Mentor.user)
    people = joinedload(MentorRequest.asker), joinedload(MentorRequest.school)
    return db.session.scalars(query.options(mentor, *people)).all()
