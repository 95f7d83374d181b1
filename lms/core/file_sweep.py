"""Files that nothing names: their rows go first, and after a while their bytes.

Whatever is stopped halfway leaves bytes without a row, which do no harm and go with a
later sweep.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.file_store import file_store
from lms.core.jobs import every_day
from lms.core.retention import HOUR
from lms.core.storage import DRAFT, GRACE, StoredFile, drafts_folder

# So many files are compared with their rows at once.
BATCH = 1_000

logger = logging.getLogger(__name__)

Names = Callable[[], Iterable[str]]
# What names files without a foreign key: it says all the hashes that it knows.
namers: list[Names] = []


def names_files(namer: Names) -> Names:
    """Name a function that returns the hashes of files named in some other way."""
    namers.append(namer)
    return namer


@every_day("sweep_files", "Уборка: файлы, которых больше нигде нет", hour=HOUR)
def sweep_files(_request: dict[str, Any]) -> None:
    """Remove the files that nothing has named for the time of grace."""
    named = {sha256 for namer in namers for sha256 in namer()}
    rows = [sha256 for sha256 in _unnamed_rows() if sha256 not in named]
    db.session.commit()
    for sha256 in rows:
        _forget(sha256)
    _remove_bytes_without_rows()
    _remove_abandoned_drafts()


def _references() -> list[sa.Column[Any]]:
    """Return every column of the database that names a file.

    A row that goes with its file (`ondelete`) does not keep it.
    """
    key = StoredFile.__table__.c.sha256
    tables = db.metadata.tables.values()
    keys = (key for table in tables for key in table.foreign_keys)
    return [one.parent for one in keys if one.column is key and not one.ondelete]


def _is_unnamed() -> list[sa.ColumnElement[bool]]:
    return [
        sa.not_(sa.exists().where(column == StoredFile.sha256))
        for column in _references()
    ]


def _unnamed_rows() -> Iterable[str]:
    aged = StoredFile.stored_at < utcnow() - GRACE
    query = sa.select(StoredFile.sha256).where(aged, *_is_unnamed())
    return db.session.scalars(query.order_by(StoredFile.sha256)).all()


def _forget(sha256: str) -> None:
    """Remove the row, unless somebody is about to name the file at this very moment.

    First the lock, then the look: what another transaction has named before it let go
    is seen by the second statement.
    """
    mine = StoredFile.sha256 == sha256
    aged = StoredFile.stored_at < utcnow() - GRACE
    free = sa.select(mine).where(mine, aged).with_for_update(skip_locked=True)
    if db.session.scalar(free) and db.session.scalar(
        sa.select(mine).where(mine, *_is_unnamed())
    ):
        file_store().touch(sha256)  # the bytes begin their own time of grace
        db.session.execute(sa.delete(StoredFile).where(mine))
        logger.info("file %s: nothing names it", sha256[:12])
    db.session.commit()


def _remove_bytes_without_rows() -> None:
    """Look a batch of names up at a time: a country has millions of files."""
    names = iter(file_store().names())
    while batch := set(islice(names, BATCH)):
        known = sa.select(StoredFile.sha256).where(StoredFile.sha256.in_(batch))
        unknown = batch.difference(db.session.scalars(known))
        db.session.commit()
        for sha256 in sorted(unknown):
            if _is_old(file_store().changed_at(sha256)):
                _remove_bytes(sha256)


def _remove_bytes(sha256: str) -> None:
    """Remove bytes while nobody can store the same ones.

    Whoever stores a file takes its row before the bytes go into place, and waits here
    for the end of a transaction that holds such a row and never stores it.
    """
    try:
        db.session.add(StoredFile(sha256=sha256, size=0))
        db.session.flush()
        file_store().remove(sha256)
    except IntegrityError:
        logger.info("file %s: stored again", sha256[:12])
    finally:
        db.session.rollback()


def _remove_abandoned_drafts() -> None:
    """Remove what a process was writing when it was stopped."""
    for draft in drafts_folder().glob(f"{DRAFT}*"):
        with suppress(FileNotFoundError):
            written_at = datetime.fromtimestamp(draft.stat().st_mtime, UTC)
            if _is_old(written_at):
                draft.unlink()


def _is_old(moment: datetime | None) -> bool:
    return moment is not None and moment < utcnow() - GRACE
