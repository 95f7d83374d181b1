"""Where in the queue a request stands, and how long an answer usually takes."""

from datetime import timedelta
from statistics import median
from typing import NamedTuple

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import course_day
from lms.network.mentors.models import (
    WAITING,
    MentorRequest,
)

# Of fewer answers nobody can say what is usual.
FEWEST_ANSWERS = 3
YEAR = timedelta(days=365)


class Queue(NamedTuple):
    """What an asker is told while nobody has answered."""

    place: int
    # None: there were too few answers to say.
    usual_days: int | None


def queue_of(request: MentorRequest) -> Queue:
    """Find the place of a request among those that wait for the same person.

    Without a mentor they wait for a coordinator: those of the same place are counted.
    """
    others = sa.select(sa.func.count(MentorRequest.id)).where(
        MentorRequest.state.in_(WAITING),
        MentorRequest.mentor_id.is_not_distinct_from(request.mentor_id),
        sa.tuple_(MentorRequest.asked_at, MentorRequest.id)
        < sa.tuple_(request.asked_at, request.id),
    )
    if request.mentor_id is None:
        place = request.school.municipality
        others = others.join(MentorRequest.school).filter_by(municipality=place)
    return Queue((db.session.scalar(others) or 0) + 1, usual_wait(request.mentor_id))


def usual_wait(mentor_id: int | None) -> int | None:
    """Return in how many days a person answers, or all of them do where it is unknown.

    The middle of the year's answers: one that took months says nothing of the next.
    """
    rows = db.session.execute(
        sa.select(
            MentorRequest.mentor_id, MentorRequest.asked_at, MentorRequest.answered_at
        )
        .where(MentorRequest.answered_at > utcnow() - YEAR)
        .order_by(MentorRequest.answered_at.desc(), MentorRequest.id.desc())
        .limit(500)
    ).all()
    own = [row for row in rows if row.mentor_id == mentor_id]
    chosen = own if len(own) >= FEWEST_ANSWERS else rows
    if len(chosen) < FEWEST_ANSWERS:
        return None
    waits = (course_day(row.answered_at) - course_day(row.asked_at) for row in chosen)
    return round(median(wait.days for wait in waits))
