"""Beginning an upload, adding to it, finishing it, and sweeping what was left."""

import logging
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.file_names import clean_name
from lms.core.jobs import every_day
from lms.identity.accounts.models import User
from lms.work.drafts.files import (
    check_promise,
    check_room,
    put_file,
    ready_file,
)
from lms.work.quotas.services import charge, check_quota
from lms.work.submissions.models import Submission
from lms.work.uploads.models import Piece, Upload

logger = logging.getLogger(__name__)

MAX_PIECE = 1024 * 1024
# Files on their way of one person; the oldest makes room for another.
MAX_UPLOADS = 10
TERM = timedelta(hours=24)


class OffsetError(RuleError):
    """A piece does not begin where the stored bytes end; `offset` tells where."""

    def __init__(self, offset: int) -> None:
        super().__init__("Эта часть файла уже пришла.")
        self.offset = offset


def begin(
    submission: Submission, *, name: str, size: int, mark: str, person: User
) -> Upload:
    """Begin an upload, or go on with that of the same file.

    What can be refused is refused before anything is sent.
    """
    name = clean_name(name)
    check_promise(name, size)
    check_room(submission)
    facts: dict[str, Any] = {"name": name, "size": size, "mark": mark[:40]}
    facts |= {"submission_id": submission.id, "user_id": person.id}
    known = sa.select(Upload).filter_by(**facts, finished_at=None)
    upload = db.session.scalar(known.order_by(Upload.id.desc()).limit(1))
    if upload is None:
        check_quota(person.id, size)
        upload = Upload(**facts)
        db.session.add(upload)
        db.session.flush()
        _make_room(person)
        logger.info("upload %s: begun by user %s", upload.id, person.id)
    db.session.commit()
    return upload


def append(upload: Upload, content: bytes, *, offset: int) -> int:
    """Store the next piece; return where the one after it begins.

    Two tabs, or a piece that was sent again because its answer was lost, meet at one
    offset: the one whose update finds it unmoved is stored.
    """
    if offset + len(content) > upload.size:
        raise RuleError("Файл изменился, пока загружался. Выберите его ещё раз.")
    moved = db.session.scalar(
        sa.update(Upload)
        .where(Upload.id == upload.id, Upload.offset == offset)
        .values(offset=offset + len(content), touched_at=utcnow())
        .returning(Upload.offset)
        .execution_options(synchronize_session=False)
    )
    if moved is None or not content:
        db.session.rollback()
        stored = sa.select(Upload.offset).where(Upload.id == upload.id)
        raise OffsetError(db.session.scalar(stored) or 0)
    row = {"upload_id": upload.id, "offset": offset, "content": content}
    charge(upload.user_id, len(content))
    db.session.execute(sa.insert(Piece).values(row))
    db.session.commit()
    return moved


def finish(upload: Upload, *, person: User) -> None:
    """Put the whole file to the draft; said twice, it happens once.

    A file that is refused stays until it is swept: when the reason was that there is
    no room, it need not be sent again.
    """
    if not upload.is_whole:
        raise OffsetError(upload.offset)
    if upload.finished_at:
        return
    pieces = sa.select(Piece.content).where(Piece.upload_id == upload.id)
    content = b"".join(db.session.scalars(pieces.order_by(Piece.offset)))
    if not content:
        return  # another tab is faster
    file = ready_file(upload.name, content)
    won = db.session.scalar(
        sa.update(Upload)
        .where(Upload.id == upload.id, Upload.finished_at.is_(None))
        .values(finished_at=utcnow())
        .returning(Upload.id)
        .execution_options(synchronize_session=False)
    )
    if won is None:
        db.session.rollback()
        return
    db.session.execute(sa.delete(Piece).where(Piece.upload_id == upload.id))
    try:
        put_file(upload.submission, file, author=person)
    except RuleError:
        db.session.rollback()
        raise
    logger.info("upload %s: finished", upload.id)


def _make_room(person: User) -> None:
    """Forget the oldest uploads of a person beyond what one person may have."""
    newest = (
        sa.select(Upload.id)
        .where(Upload.user_id == person.id, Upload.finished_at.is_(None))
        .order_by(Upload.touched_at.desc(), Upload.id.desc())
    )
    _forget(Upload.id.in_(newest.offset(MAX_UPLOADS).scalar_subquery()))


@every_day("sweep_uploads", "Уборка лишних файлов", hour=4)
def sweep(_request: dict[str, Any]) -> None:
    """Forget what has not moved for a day; a clock set back keeps it for longer."""
    _forget(Upload.touched_at < utcnow() - TERM)
    db.session.commit()


def _forget(which: sa.ColumnElement[bool]) -> None:
    """Forget uploads, apart from those that get a piece at this very moment."""
    idle = sa.select(Upload.id).where(which).with_for_update(skip_locked=True)
    ids = list(db.session.scalars(idle))
    db.session.execute(sa.delete(Piece).where(Piece.upload_id.in_(ids)))
    db.session.execute(sa.delete(Upload).where(Upload.id.in_(ids)))
