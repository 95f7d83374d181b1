"""How much is new to the person who looks, and what it is."""

import functools
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.database import moment_of_asking, written
from lms.core.extensions import db
from lms.course.modules.models import Module, ReadMark
from lms.identity.accounts.models import User
from lms.outcomes.certificates.models import Certificate, CertificateState
from lms.overview.news.events import MINE, USER_ID, Kind, events, last_said
from lms.overview.news.models import LASTS, Glance, Topic
from lms.schools.meetings.models import Meeting
from lms.schools.teams.permissions import has_several
from lms.work.submissions.models import Submission

# What was seen stays for a while, for whoever comes back to it; not all of it.
STAYS = timedelta(days=14)
MOST_SEEN = 20

# What `_last_moments` returns, and what stands between them in a stamp.
KINDS = 7
APART = "|"

Thing = tuple[Topic, int]


class Header(NamedTuple):
    """What the header says of a member beside the sections that all have."""

    # Since when something is new to the person, when something of each kind happened
    # last, when the person opened something last, and how many meetings are ahead:
    # the number in the menu depends on nothing else.
    news_stamp: str = ""
    # How the certificate stands that was given last, for the cohort that is shown if
    # there is one; None: there is none.
    certificate: CertificateState | None = None
    # Of these teams the header offers a choice.
    has_several_teams: bool = False

    @property
    def is_behind(self) -> bool:
        """Tell whether something has happened since; whether it is new, a query says.

        Moments of one database, written as text, sort as they do in time.
        """
        since, *last = self.news_stamp.split(APART)[: 1 + KINDS]
        return any(moment > since for moment in last)


class News(NamedTuple):
    """Something that happened, as the start page tells it."""

    kind: Kind
    at: datetime
    topic: Topic
    thing_id: int
    words: str
    is_new: bool


def header_columns() -> list[sa.ColumnElement[Any]]:
    """Name what a `Header` is made of, for the person `user_id` of the statement.

    Only here it must be cheap: most people have looked since something happened last.
    """
    shown = sa.select(MINE.c.cohort_id).scalar_subquery()
    is_elsewhere = sa.case((Certificate.cohort_id == shown, 0), else_=1)
    held = (
        sa.select(Certificate.state)
        .where(Certificate.user_id == USER_ID)
        .where(Certificate.state != written(CertificateState.REPLACED))
        .order_by(is_elsewhere, Certificate.id.desc())
        .limit(1)
    )
    return [_stamp(), held.scalar_subquery(), has_several(USER_ID)]


def _stamp() -> sa.ScalarSelect[str]:
    """Write down in one text all that the number of news depends on."""
    seen = sa.select(sa.func.max(Glance.seen_at)).where(Glance.user_id == USER_ID)
    ahead = sa.select(sa.func.count(Meeting.id)).where(
        Meeting.cohort_id == MINE.c.cohort_id, Meeting.starts_at > moment_of_asking()
    )
    parts = [
        MINE.c.since,
        *_last_moments(),
        seen.scalar_subquery(),
        ahead.scalar_subquery(),
    ]
    texts: list[sa.ColumnElement[str]] = [
        sa.func.coalesce(sa.cast(part, sa.String), "") for part in parts
    ]
    stamp = functools.reduce(lambda text, one: text + APART + one, texts)
    return sa.select(stamp).select_from(MINE).scalar_subquery()


def find_new(person: User) -> tuple[Thing, ...]:
    """Return the things with news, one for each piece of it; one statement."""
    rows = db.session.execute(_new(), {"user_id": person.id})
    return tuple((Topic[topic], thing_id) for topic, thing_id in rows)


def news_of(person: User) -> list[News]:
    """Return all that is new, and what was until lately; one statement."""
    rows = db.session.execute(_news(), {"user_id": person.id})
    news = [
        News(Kind[kind], at, Topic[topic], thing_id, words, bool(is_new))
        for kind, at, topic, thing_id, words, is_new in rows
    ]
    return news[: sum(one.is_new for one in news) + MOST_SEEN]


@functools.cache
def _new() -> sa.Select[Any]:
    one = _seen_or_not()
    things = sa.select(one.c.topic, one.c.thing_id).where(one.c.is_new)
    return things.order_by(one.c.topic, one.c.thing_id)


@functools.cache
def _news() -> sa.Select[Any]:
    one = _seen_or_not()
    facts = one.c.kind, one.c.at, one.c.topic, one.c.thing_id, one.c.words
    stays = sa.or_(one.c.is_new, one.c.at > moment_of_asking(ago=STAYS))
    newest = one.c.is_new.desc(), one.c.at.desc(), one.c.kind, one.c.thing_id
    return sa.select(*facts, one.c.is_new).where(stays).order_by(*newest)


def _seen_or_not() -> sa.Subquery:
    """Tell of all that happened whether the person has seen it, here or there."""
    event = events()
    opened = sa.and_(
        Glance.user_id == USER_ID,
        sa.type_coerce(Glance.topic, sa.String) == event.c.topic,
        Glance.thing_id == event.c.thing_id,
    )
    last = sa.func.coalesce(Glance.seen_at, MINE.c.since)
    # In the answer, not among the conditions: SQLite would begin with them, and look
    # through what happened to everybody.
    is_new = sa.and_(
        event.c.is_unread,
        event.c.at > MINE.c.since,
        event.c.at > last,
        event.c.at > moment_of_asking(ago=LASTS),
    )
    return (
        sa.select(event, is_new.label("is_new"))
        .join(MINE, event.c.at > MINE.c.joined_at)
        .outerjoin(Glance, opened)
        .subquery("news")
    )


def _last_moments() -> list[sa.ScalarSelect[Any]]:
    """Return when something of each kind happened last, to anybody it may concern."""
    given = sa.func.coalesce(Certificate.revoked_at, Certificate.issued_at)
    told = sa.select(sa.func.max(Submission.told_at))
    published = sa.select(sa.func.max(Module.published_at))
    read = published.join(ReadMark, ReadMark.module_id == Module.id)
    at_work = published.join(Submission, Submission.module_id == Module.id)
    arranged = sa.select(sa.func.max(last_said()))
    last = [
        told.where(Submission.team_id == MINE.c.team_id),
        told.where(Submission.user_id == USER_ID),
        read.where(ReadMark.user_id == USER_ID),
        at_work.where(Submission.team_id == MINE.c.team_id),
        at_work.where(Submission.user_id == USER_ID),
        arranged.where(Meeting.cohort_id == MINE.c.cohort_id),
        sa.select(sa.func.max(given)).where(Certificate.user_id == USER_ID),
    ]
    return [moment.scalar_subquery() for moment in last]
