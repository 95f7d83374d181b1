"""Mentors and requests as pages list them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.core.extensions import db
from lms.core.search import fold, has_words
from lms.identity.accounts.models import User
from lms.network.mentors.hours import free_hours
from lms.network.mentors.models import (
    OPEN,
    WAITING,
    Mentor,
    MentorRequest,
    RequestState,
)
from lms.network.mentors.permissions import is_led, mentors_for, visible_mentors
from lms.schools.teams.models import School

# Of requests that are closed a page names so many.
LATEST_CLOSED = 50


class Helper(NamedTuple):
    """A mentor and what is left of this month."""

    mentor: Mentor
    free: int


class Topic(NamedTuple):
    """A topic with its mentors, by territory and school."""

    name: str
    helpers: list[Helper]


@dataclass(frozen=True)
class Requests:
    """The requests that a person sees, by what the person is to them."""

    own: list[MentorRequest]
    to_me: list[MentorRequest]
    led: list[MentorRequest]


def topics_for(user: User, words: str = "") -> list[Topic]:
    """Return the topics in which somebody helps, of several spellings the first."""
    mentors = _mentors(visible_mentors(user))
    free = free_hours(mentors)
    names: dict[str, str] = {}
    found = defaultdict(list)
    for mentor in mentors:
        for topic in mentor.topics:
            if has_words(f"{topic.name} {mentor.about} {mentor.school.label}", words):
                key = fold(topic.name)
                names.setdefault(key, topic.name)
                found[key].append(Helper(mentor, free[mentor.id]))
    return [Topic(names[key], found[key]) for key in sorted(found)]


def _mentors(query: sa.Select[Mentor]) -> Sequence[Mentor]:
    """Read those who may be asked by territory, school and name; two statements."""
    ordered = (
        query.join(Mentor.school)
        .join(Mentor.user)
        .where(Mentor.is_offered(), User.closed_at.is_(None))
        .order_by(School.municipality, School.name, User.full_name, Mentor.id)
    )
    with_all = ordered.options(
        contains_eager(Mentor.school),
        contains_eager(Mentor.user),
        selectinload(Mentor.topics),
    )
    return db.session.scalars(with_all).all()


def mentors_with_hours(query: sa.Select[Mentor]) -> list[Helper]:
    """Return mentors with what is left of their month, to choose from."""
    mentors = _mentors(query)
    free = free_hours(mentors)
    return [Helper(mentor, free[mentor.id]) for mentor in mentors]


def requests_of(user: User, *, leads: bool) -> Requests:
    """Return one's own, those to oneself and those that one leads."""
    held = sa.select(Mentor.id).where(Mentor.user_id == user.id)
    return Requests(
        _requests(MentorRequest.asker_id == user.id),
        _requests(MentorRequest.mentor_id.in_(held)),
        _requests(is_led(user)) if leads else [],
    )


def _requests(*which: sa.ColumnElement[bool]) -> list[MentorRequest]:
    """Read requests, unanswered first and the oldest of these on top."""
    turn = sa.case(
        (MentorRequest.state.in_(WAITING), 0),
        (MentorRequest.state == RequestState.DECLINED, 1),
        (MentorRequest.state.in_(OPEN), 2),
        else_=3,
    )
    query = sa.select(MentorRequest).where(*which)
    is_open = MentorRequest.state != RequestState.CLOSED
    ordered = query.order_by(turn, MentorRequest.asked_at, MentorRequest.id)
    closed = query.order_by(MentorRequest.closed_at.desc(), MentorRequest.id.desc())
    return [
        *db.session.scalars(_with_people(ordered.where(is_open))),
        *db.session.scalars(_with_people(closed.where(~is_open)).limit(LATEST_CLOSED)),
    ]


def _with_people(query: sa.Select[MentorRequest]) -> sa.Select[MentorRequest]:
    mentor = joinedload(MentorRequest.mentor)
    return query.options(
        joinedload(MentorRequest.asker),
        joinedload(MentorRequest.school),
        mentor.joinedload(Mentor.user),
        mentor.joinedload(Mentor.school),
    )


def agreed_meetings(user: User) -> Sequence[MentorRequest]:
    """Return the requests of either side with a meeting that stands or was held.

    One whose request was closed before that day is off.
    """
    held = sa.select(Mentor.id).where(Mentor.user_id == user.id)
    is_over = MentorRequest.closed_at >= MentorRequest.meets_at
    stands = sa.or_(MentorRequest.state == RequestState.ARRANGED, is_over)
    mine = sa.or_(MentorRequest.asker_id == user.id, MentorRequest.mentor_id.in_(held))
    query = sa.select(MentorRequest).where(mine, stands)
    return db.session.scalars(query.order_by(MentorRequest.id)).all()


def topics_offered(user: User) -> list[str]:
    """Return the names of topics that are known here, for a field that suggests."""
    return [topic.name for topic in topics_for(user)]


def mentors_to_take_over(request: MentorRequest) -> list[Helper]:
    """Return to whom a request may be handed: of other schools, and not the present."""
    school = sa.select(School.id).where(School.id == request.school_id)
    others = mentors_for(school).where(
        Mentor.school_id != request.school_id,
        Mentor.id.is_distinct_from(request.mentor_id),
    )
    return mentors_with_hours(others)
