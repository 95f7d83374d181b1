"""What still stands before a person, and the marks that it has been read."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.language import today
from lms.identity.accounts.models import User
from lms.overview.announcements.models import Announcement, AnnouncementMark, Way
from lms.overview.announcements.permissions import addressed_announcements


def standing_for(user: User) -> list[Announcement]:
    """Return what a person has not read yet, the newest first; one statement."""
    return list(db.session.scalars(_unread(user, Way.OPENED)))


def news_for(user: User, since: datetime) -> list[Announcement]:
    """Return what a letter of today may tell: new, and reached the person in no way."""
    fresh = Announcement.written_at >= since
    return list(db.session.scalars(_unread(user, Way.OPENED, Way.LETTER).where(fresh)))


def is_standing(announcement: Announcement, user: User) -> bool:
    """Tell whether «Прочитано» would change anything for a person."""
    query = _unread(user, Way.OPENED).where(Announcement.id == announcement.id)
    return db.session.scalar(query.with_only_columns(Announcement.id)) is not None


def mark_opened(announcement: Announcement, *, seen: int, reader: User) -> None:
    """Remember that a person has read the edition that was on the page."""
    mark(announcement.id, min(seen, announcement.edition), reader.id, Way.OPENED)
    db.session.commit()


def mark(announcement_id: int, edition: int, user_id: int, way: Way) -> None:
    """Add a mark to the caller's transaction; a double click meets the primary key."""
    try:
        with db.session.begin_nested():
            db.session.add(
                AnnouncementMark(
                    announcement_id=announcement_id,
                    edition=edition,
                    user_id=user_id,
                    way=way,
                )
            )
    except IntegrityError:
        return


def has_mark(announcement: Announcement, user_id: int, way: Way) -> bool:
    """Tell whether the present edition has reached a person in a way."""
    key = (announcement.id, announcement.edition, user_id, way)
    return db.session.get(AnnouncementMark, key) is not None


def _unread(user: User, *ways: Way) -> sa.Select[Announcement]:
    reached = sa.exists().where(
        AnnouncementMark.announcement_id == Announcement.id,
        AnnouncementMark.edition == Announcement.edition,
        AnnouncementMark.user_id == user.id,
        AnnouncementMark.way.in_(ways),
    )
    return (
        addressed_announcements(user)
        .where(Announcement.until >= today(), ~reached)
        .order_by(Announcement.written_at.desc(), Announcement.id.desc())
        .options(joinedload(Announcement.author))
    )
