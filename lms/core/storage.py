"""Files, addressed by the SHA-256 of what is in them.

Whoever stores a file takes its row first and puts the bytes into place under that lock;
whoever removes one (`lms/core/file_sweep.py`) does the same, so they never cross.
"""

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO, BinaryIO

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model, db
from lms.core.file_store import file_store
from lms.core.personal import impersonal
from lms.core.troubles import LostFileError, UnavailableError, of_disk

logger = logging.getLogger(__name__)

CHUNK = 1024 * 1024
DRAFT = "draft-"
# How long a file that nothing names stays: a row that is on its way may still name it,
# and a backup that has read the rows still asks for it.
GRACE = timedelta(days=2)


class StoredFile(Immutable, Model):
    """The bytes of a file, stored once however many times they were uploaded."""

    may_change = frozenset({"stored_at"})
    # When nothing names it any more.
    may_be_deleted = True

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    size: Mapped[int]
    # The last time, to a day.
    stored_at: Mapped[datetime] = mapped_column(default=utcnow)


impersonal(StoredFile, "sha256 size stored_at")


class NamedFile:
    """What a row says that gives a stored file its name."""

    sha256: Mapped[str] = mapped_column(sa.ForeignKey(StoredFile.sha256))
    name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


def store_bytes(content: bytes) -> StoredFile:
    """Store bytes that are already in memory; see `store_file`."""
    return store_file(BytesIO(content))


def store_file(stream: BinaryIO) -> StoredFile:
    """Put a file into its place and its row into the caller's transaction.

    The bytes are in place, flushed, before the row can be committed, so an
    acknowledged file survives a power cut. Bytes without a row do no harm.
    """
    try:
        with _draft(stream) as (draft, sha256, size):
            stored = find_stored(sha256) or _insert_once(sha256, size)
            file_store().put(draft, sha256)
    except OSError as error:
        logger.error("a file is not stored: %s", error)
        raise UnavailableError(f"Файл не сохранён. {of_disk(error)}") from error
    return stored


def find_stored(sha256: str) -> StoredFile | None:
    """Return the row of a file that somebody is about to name, if there is one.

    Until the caller's transaction ends nobody removes it, and for a while after that.
    """
    stored = db.session.scalar(
        sa.select(StoredFile)
        .where(StoredFile.sha256 == sha256)
        .with_for_update(read=True, key_share=True)
    )
    if stored and utcnow() - stored.stored_at > GRACE / 2:
        stored.stored_at = utcnow()
        db.session.flush()
    return stored


def keep_file(stream: IO[bytes]) -> str:
    """Put the bytes of a restored file into place; its row is restored apart."""
    with _draft(stream) as (draft, sha256, _size):
        file_store().put(draft, sha256)
    return sha256


def stored_names() -> set[str]:
    """Return the hashes of the stored files, whether a row names them or not."""
    return set(file_store().names())


def open_stored(sha256: str) -> BufferedReader:
    """Open stored bytes for reading."""
    try:
        return file_store().open(sha256)
    except FileNotFoundError:
        raise LostFileError(sha256) from None


@contextmanager
def stored_on_this_machine(sha256: str) -> Iterator[Path]:
    """Give stored bytes a path for a while, for another process to open."""
    with ExitStack() as stack:
        try:
            path = stack.enter_context(file_store().on_this_machine(sha256))
        except FileNotFoundError:
            raise LostFileError(sha256) from None
        _check_size(sha256, path.stat().st_size)
        yield path


def open_whole(sha256: str) -> tuple[BufferedReader, int]:
    """Open stored bytes of which nothing is missing; tell how many there are."""
    file = open_stored(sha256)
    try:
        size = file.seek(0, os.SEEK_END)
        _check_size(sha256, size)
    except LostFileError:
        file.close()
        raise
    file.seek(0)
    return file, size


def _check_size(sha256: str, size: int) -> None:
    """Refuse bytes of which the storage has kept a part."""
    whole = sa.select(StoredFile.size).where(StoredFile.sha256 == sha256)
    if db.session.scalar(whole) not in {None, size}:
        raise LostFileError(sha256)


def drafts_folder() -> Path:
    """Return, and make, the folder where files are written before they are stored."""
    folder: Path = current_app.config["INSTANCE"] / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _draft(stream: IO[bytes]) -> Iterator[tuple[Path, str, int]]:
    """Write a stream to the disk, flushed; give where, its hash and its size."""
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=drafts_folder(), prefix=DRAFT)
    try:
        with os.fdopen(handle, "wb") as output:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                output.write(chunk)
            output.flush()
            os.fsync(output.fileno())
        yield Path(name), digest.hexdigest(), size
    finally:
        Path(name).unlink(missing_ok=True)


def _insert_once(sha256: str, size: int) -> StoredFile:
    """Two people may upload the same file at once; both get the one row."""
    try:
        with db.session.begin_nested():
            db.session.add(StoredFile(sha256=sha256, size=size))
    except sa.exc.IntegrityError:
        pass
    return find_stored(sha256) or db.session.get_one(StoredFile, sha256)
