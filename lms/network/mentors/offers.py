"""Offering oneself as a mentor, pausing, renewing, stopping; and leaving a school."""

import logging
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import go_one_by_one
from lms.core.language import plural, today
from lms.core.periods import SchoolYear
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.identity.erasures.ties import Tie, ties_people
from lms.network.mentors.letters import tell_holder, write
from lms.network.mentors.models import (
    OPEN,
    WAITING,
    Mentor,
    MentorRequest,
    MentorTopic,
    Reach,
    RequestState,
)
from lms.network.mentors.moves import handed
from lms.schools.teams.models import Membership, School, Team
from lms.schools.teams.signals import roster_changed, school_corrected

logger = logging.getLogger(__name__)

# An offer made in these months is meant for the school year to come.
SUMMER = 6, 7, 8
GONE = "Вы больше не предлагаете помощь. Заполните страницу ещё раз, чтобы вернуться."


class Offer(NamedTuple):
    """What a person says about the help."""

    topics: Sequence[str]
    helps: Sequence[str]
    hours_a_month: int
    reach: Reach
    about: str


def end_of_offer() -> date:
    """Return the last day of the school year; in summer that of the next one."""
    year = SchoolYear.of(today())
    is_summer = today().month in SUMMER
    return SchoolYear.starting(year.starts_on.year + is_summer).ends_on


def offer_of(person: User) -> Mentor | None:
    """Return what a person offers, or offered before."""
    return db.session.scalar(sa.select(Mentor).where(Mentor.user_id == person.id))


def offer(person: User, school: School, words: Offer) -> Mentor:
    """Enter the map of mentors, or correct what stands there; pressed twice, once."""
    go_one_by_one(f"mentor {person.id}")
    mentor = offer_of(person)
    is_new = mentor is None or mentor.withdrawn_at is not None
    if mentor is None:
        mentor = Mentor(user_id=person.id, active_until=end_of_offer())
        db.session.add(mentor)
    if is_new:
        mentor.offered_at, mentor.active_until = utcnow(), end_of_offer()
        mentor.withdrawn_at = mentor.paused_at = None
    mentor.school_id = school.id
    mentor.helps, mentor.reach = list(words.helps), words.reach
    mentor.hours_a_month, mentor.about = words.hours_a_month, words.about
    _set_topics(mentor, words.topics)
    if is_new:
        record(person.id, "предложена помощь наставника", person)
    db.session.commit()
    logger.info("mentor %s: offered by user %s", mentor.id, person.id)
    return mentor


def _set_topics(mentor: Mentor, names: Sequence[str]) -> None:
    """Leave the rows of topics that stay: their names are unique."""
    kept = {topic.name: topic for topic in mentor.topics}
    mentor.topics = [kept.get(name) or MentorTopic(name=name) for name in names]


def pause(mentor: Mentor) -> None:
    """Be asked by nobody for a while; what was asked goes on."""
    _change(mentor, paused_at=utcnow())


def resume(mentor: Mentor) -> None:
    """Be asked again."""
    _change(mentor, paused_at=None)


def renew(mentor: Mentor) -> None:
    """Stay for another school year."""
    _change(mentor, active_until=end_of_offer())


def _change(mentor: Mentor, **values: object) -> None:
    present = sa.update(Mentor).where(
        Mentor.id == mentor.id, Mentor.withdrawn_at.is_(None)
    )
    if db.session.scalar(present.values(**values).returning(Mentor.id)) is None:
        db.session.rollback()
        raise RuleError(GONE)
    db.session.commit()


def stop(mentor: Mentor) -> int:
    """Leave the map; tell how many open requests go back to the coordinator."""
    go_one_by_one(f"mentor {mentor.user_id}")
    count = _leave([mentor.id])
    record(mentor.user_id, "помощь наставника больше не предлагается", mentor.user)
    db.session.commit()
    return count


def _leave(ids: Sequence[int]) -> int:
    db.session.execute(
        sa.update(Mentor).where(Mentor.id.in_(ids)).values(withdrawn_at=utcnow())
    )
    return give_back(ids, OPEN)


def give_back(ids: Sequence[int], states: Sequence[RequestState]) -> int:
    """Hand requests of mentors back to the coordinator; the caller commits.

    Where somebody has said already what came of it, nothing is left to do. Whoever
    asked hears of it: a meeting that was set is off.
    """
    returned = db.session.scalars(
        sa.update(MentorRequest)
        .where(MentorRequest.mentor_id.in_(ids), MentorRequest.state.in_(states))
        .where(MentorRequest.result_at.is_(None))
        .values(**handed(None))
        .returning(MentorRequest.id)
    ).all()
    for request in db.session.scalars(
        sa.select(MentorRequest)
        .where(MentorRequest.id.in_(returned))
        .order_by(MentorRequest.id)
        .options(joinedload(MentorRequest.asker))
        .execution_options(populate_existing=True)
    ):
        write(request, request.asker, "Ищем другого наставника", "given_back")
        tell_holder(request)
    return len(returned)


def give_back_of_lapsed() -> int:
    """Hand back what waits for mentors whose school year is over."""
    over = sa.select(Mentor.id).where(
        Mentor.withdrawn_at.is_(None), Mentor.active_until < today()
    )
    count = give_back(db.session.scalars(over.order_by(Mentor.id)).all(), WAITING)
    db.session.commit()
    return count


@ties_people
def tied_by_requests(person: User) -> Iterator[Tie]:
    """Whoever asked a mentor that leaves hears of it from the coordinator."""
    waiting = (
        sa.select(sa.func.count())
        .select_from(MentorRequest)
        .join(Mentor, Mentor.id == MentorRequest.mentor_id)
        .where(Mentor.user_id == person.id, MentorRequest.state.in_(OPEN))
    )
    if count := db.session.scalar(waiting):
        forms = "открытый запрос", "открытых запроса", "открытых запросов"
        yield Tie(
            f"К вам как к наставнику {plural(count, *forms)}:"
            " отвечать будет координатор.",
            is_binding=False,
        )


@roster_changed.connect
def follow_departures(team_id: int) -> None:
    """Take those off the map who are in no team of their school any more."""
    school = sa.select(Team.school_id).where(Team.id == team_id).scalar_subquery()
    stays = (
        sa.select(Membership.id)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.user_id == Mentor.user_id, Membership.left_at.is_(None))
        .where(Team.school_id == Mentor.school_id)
    )
    gone = (
        sa.select(Mentor.id)
        .join(Mentor.user)
        .where(Mentor.school_id == school, Mentor.withdrawn_at.is_(None))
        .where(sa.or_(~stays.exists(), User.closed_at.is_not(None)))
        .order_by(Mentor.id)
    )
    if ids := db.session.scalars(gone).all():
        _leave(ids)


@school_corrected.connect
def follow_school_of_team(team: Team, *, left: int) -> None:
    """Take along mentors and requests of a team that turns out to be of another one."""
    here = sa.select(Membership.user_id).where(
        Membership.team_id == team.id, Membership.left_at.is_(None)
    )
    for moved in (
        sa.update(Mentor).where(Mentor.user_id.in_(here)),
        sa.update(MentorRequest).where(MentorRequest.asker_id.in_(here)),
    ):
        of_left = moved.filter_by(school_id=left)
        db.session.execute(of_left.values(school_id=team.school_id))
