"""Coming into a field, leaving it, and seeing what the others do meanwhile."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.names import short_name
from lms.core.retention import forget_after
from lms.identity.accounts.models import User
from lms.work.drafts.models import DraftField
from lms.work.presence.models import Presence
from lms.work.submissions.models import Submission

# The page tells every 15 seconds where the person is; one word may get lost.
TERM = timedelta(seconds=40)

# Those who work together forget one another; this is for works that nobody opens again.
forget_after(timedelta(days=1), Presence.seen_at, what="кто в каком поле черновика")


def enter(submission: Submission, key: str, *, person: User) -> None:
    """Note in which field a person is, and forget those who have gone silent.

    Two tabs of one person are one person: the field that was told last counts.
    """
    now = utcnow()
    mine = {"submission_id": submission.id, "user_id": person.id}
    moved = db.session.scalar(
        sa.update(Presence)
        .filter_by(**mine)
        .values(key=key, seen_at=now)
        .returning(Presence.user_id)
    )
    if moved is None:
        try:
            with db.session.begin_nested():
                db.session.add(Presence(**mine, key=key, seen_at=now))
        except sa.exc.IntegrityError:
            pass
    gone = sa.not_(_is_near(now))
    db.session.execute(
        sa.delete(Presence).where(Presence.submission_id == submission.id, gone)
    )
    db.session.commit()


def leave(submission: Submission, *, person: User) -> None:
    """Forget where a person was."""
    mine = {"submission_id": submission.id, "user_id": person.id}
    db.session.execute(sa.delete(Presence).filter_by(**mine))
    db.session.commit()


def others_in(submission: Submission, person: User) -> Mapping[str, list[str]]:
    """Return the names of the others by the field in which they are now."""
    rows = db.session.execute(
        sa.select(Presence.key, User.full_name)
        .join(User, User.id == Presence.user_id)
        .where(Presence.submission_id == submission.id, User.id != person.id)
        .where(_is_near(utcnow()))
        .order_by(User.full_name)
    )
    here: dict[str, list[str]] = {}
    for key, name in rows:
        here.setdefault(key, []).append(short_name(name))
    return here


def newer_fields(
    submission: Submission, versions: Mapping[str, int]
) -> Sequence[DraftField]:
    """Return the fields that have been saved since the versions that a page has."""
    fields = db.session.scalars(
        sa.select(DraftField)
        .where(DraftField.submission_id == submission.id)
        .options(joinedload(DraftField.author))
    )
    return [field for field in fields if field.version > versions.get(field.key, 0)]


def _is_near(moment: datetime) -> sa.ColumnElement[bool]:
    """Tell those seen about now; a clock set back leaves nobody here for an hour."""
    return Presence.seen_at.between(moment - TERM, moment + TERM)
