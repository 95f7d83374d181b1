"""What a field of a draft held before."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.work.drafts.models import FieldVersion
from lms.work.submissions.models import Submission

# Saves of one person within this time are one entry of the field's history.
SITTING = timedelta(minutes=10)
# Two who write at once make an entry with each save, so the oldest ones go.
MOST_ENTRIES = 100


def write_history(
    submission: Submission, key: str, text: str, version: int, author: User
) -> None:
    """Add the text to the field's history; one sitting of one person is one entry."""
    last = db.session.scalar(
        sa.select(FieldVersion)
        .where(FieldVersion.submission_id == submission.id, FieldVersion.key == key)
        .order_by(FieldVersion.id.desc())
        .limit(1)
    )
    now = utcnow()
    same_sitting = (
        last is not None
        and last.author_id == author.id
        and abs(now - last.began_at) < SITTING
    )
    if last is None or not same_sitting:
        _drop_oldest(submission, key)
        last = FieldVersion(
            submission_id=submission.id, key=key, author_id=author.id, began_at=now
        )
        db.session.add(last)
    last.text, last.version, last.saved_at = text, version, now


def _drop_oldest(submission: Submission, key: str) -> None:
    """Make room for one more entry of a field's history."""
    theirs = sa.select(FieldVersion.id).filter_by(submission_id=submission.id, key=key)
    oldest = theirs.order_by(FieldVersion.id.desc()).offset(MOST_ENTRIES - 1)
    # A limit, because SQLite knows no offset without one.
    too_many = list(db.session.scalars(oldest.limit(MOST_ENTRIES)))
    if too_many:
        gone = sa.delete(FieldVersion).where(FieldVersion.id.in_(too_many))
        db.session.execute(gone)


def history_of(submission: Submission, key: str) -> list[FieldVersion]:
    """Return what the field held before, newest first."""
    return list(
        db.session.scalars(
            sa.select(FieldVersion)
            .where(FieldVersion.submission_id == submission.id, FieldVersion.key == key)
            .order_by(FieldVersion.id.desc())
            .options(joinedload(FieldVersion.author))
        )
    )
