"""What came of requests in a while, of some schools; year reports may read it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import course_day
from lms.core.periods import Period
from lms.core.search import fold
from lms.network.mentors.models import MentorRequest

IN_TIME = 7


class RequestFigures(NamedTuple):
    """Requests that were asked in a while, and how far they came."""

    asked: int
    # Of these: answered within a week, by whomever.
    answered_in_time: int
    accepted: int
    # Of the accepted ones: both sides told what came of it.
    with_both_results: int


class UnmetTopic(NamedTuple):
    """A topic for which no mentor was found: next year's seminar."""

    topic: str
    requests: int
    schools: int


def request_figures(schools: sa.Select[int], period: Period) -> RequestFigures:
    """Count the requests of some schools by their first day; one statement."""
    rows = [row for row in _rows(schools) if course_day(row.asked_at) in period]
    accepted = [row for row in rows if row.hours is not None]
    told = [row for row in accepted if row.asker_result and row.mentor_result]
    return RequestFigures(
        len(rows), sum(map(_is_in_time, rows)), len(accepted), len(told)
    )


def unmet_topics(schools: sa.Select[int], period: Period) -> list[UnmetTopic]:
    """List what was asked without a mentor, most wanted first; one statement.

    Topics that differ in capitals or in «ё» are one.
    """
    asked: dict[str, list[Any]] = {}
    for row in _rows(schools):
        if row.chosen_id is None and course_day(row.asked_at) in period:
            asked.setdefault(fold(row.topic), []).append(row)
    topics = (
        UnmetTopic(rows[0].topic, len(rows), len({row.school_id for row in rows}))
        for rows in asked.values()
    )
    return sorted(topics, key=lambda one: (-one.requests, one.topic))


def _rows(schools: sa.Select[int]) -> Sequence[Any]:
    query = sa.select(
        MentorRequest.asked_at,
        MentorRequest.answered_at,
        MentorRequest.topic,
        MentorRequest.school_id,
        MentorRequest.chosen_id,
        MentorRequest.hours,
        MentorRequest.asker_result,
        MentorRequest.mentor_result,
    )
    of_schools = query.where(MentorRequest.school_id.in_(schools))
    return db.session.execute(of_schools.order_by(MentorRequest.id)).all()


def _is_in_time(row: Any) -> bool:
    if row.answered_at is None:
        return False
    return (course_day(row.answered_at) - course_day(row.asked_at)).days <= IN_TIME
