"""What may happen to news: a person has seen it."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.schema import cause
from lms.outcomes.certificates.codes import INSERT
from lms.overview.news.models import Glance
from lms.overview.news.news import News, Thing
from lms.schools.teams.models import Membership

# No transaction of the site takes so long.
MEANWHILE = timedelta(minutes=1)

logger = logging.getLogger(__name__)


def mark_opened(user_id: int, things: Iterable[Thing], *, at: datetime) -> None:
    """Remember that a person has opened things that had news; of two tabs the later."""
    key = "user_id", "topic", "thing_id"
    # In one order, so that two pages of a person never wait for each other.
    ordered = sorted(things, key=lambda thing: thing[1])
    rows = [dict(zip(key, (user_id, *thing), strict=True)) for thing in ordered]
    insert = INSERT[db.engine.dialect.name](Glance)
    insert = insert.values([row | {"seen_at": at} for row in rows])
    later = {"set_": {"seen_at": at}, "where": Glance.seen_at < at}
    _write(insert.on_conflict_do_update(index_elements=key, **later))


def mark_seen(membership_id: int, news: Iterable[News]) -> None:
    """Remember that a person has the news before them.

    What is being written at this moment may bear an earlier time: it is still news.
    """
    at = max([utcnow() - MEANWHILE, *(one.at for one in news)])
    seen = Membership.news_seen_at
    is_later = sa.or_(seen.is_(None), seen < at)  # a slow tab shows less than another
    mine = sa.update(Membership).where(Membership.id == membership_id, is_later)
    _write(mine.values(news_seen_at=at))


def _write(statement: sa.Executable) -> None:
    """Write in a transaction that began with nothing else: a page was merely read.

    Where the database takes no writes, people still read.
    """
    db.session.rollback()
    try:
        with db.engine.begin() as connection:
            connection.execute(statement)
    except sa.exc.OperationalError as error:
        logger.error("news are not marked as seen: %s", cause(error))
