"""Files on disk, addressed by the SHA-256 of what is in them.

Whoever stores a file takes its row first and puts the bytes into place under that lock;
whoever removes one (`lms/core/file_sweep.py`) does the same, so they never cross.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO, BinaryIO

import sqlalchemy as sa
from flask import Response, current_app, send_file
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model, db
from lms.core.troubles import UnavailableError, of_disk

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


def store_bytes(content: bytes) -> StoredFile:
    """Store bytes that are already in memory; see `store_file`."""
    return store_file(BytesIO(content))


def store_file(stream: BinaryIO) -> StoredFile:
    """Put a file on the disk and its row into the caller's transaction.

    The bytes are on the disk, flushed, before the row can be committed, so an
    acknowledged file survives a power cut. Bytes without a row do no harm.
    """
    folder = stored_folder()
    try:
        with _draft(stream, folder) as (draft, sha256, size):
            stored = find_stored(sha256) or _insert_once(sha256, size)
            _put_in_place(draft, folder, sha256)
    except OSError as error:
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
    """Put the bytes of a restored file on the disk; its row is restored apart."""
    folder = stored_folder()
    with _draft(stream, folder) as (draft, sha256, _size):
        _put_in_place(draft, folder, sha256)
    return sha256


def stored_names() -> set[str]:
    """Return the hashes of the files on the disk, whether a row names them or not."""
    return {path.name for path in stored_folder().glob("??/*")}


def open_stored(sha256: str) -> BufferedReader:
    """Open stored bytes for reading."""
    return stored_path(stored_folder(), sha256).open("rb")


def send_stored(
    sha256: str, *, name: str, media_type: str, inline: bool = False
) -> Response:
    """Answer with a stored file: a download, unless its type may be shown."""
    response = send_file(
        stored_path(stored_folder(), sha256),
        mimetype=media_type,
        as_attachment=not inline,
        download_name=name,
        etag=sha256,
    )
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    return response


def stored_folder() -> Path:
    """Return, and make, the folder in which all files lie."""
    folder: Path = current_app.config["INSTANCE"] / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def stored_path(folder: Path, sha256: str) -> Path:
    """Return where the bytes with this hash lie."""
    return folder / sha256[:2] / sha256


@contextmanager
def _draft(stream: IO[bytes], folder: Path) -> Iterator[tuple[Path, str, int]]:
    """Write a stream to the disk, flushed; give where, its hash and its size."""
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder, prefix=DRAFT)
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


def _put_in_place(draft: Path, folder: Path, sha256: str) -> None:
    path = stored_path(folder, sha256)
    path.parent.mkdir(exist_ok=True)
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut; only POSIX can open a folder."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _insert_once(sha256: str, size: int) -> StoredFile:
    """Two people may upload the same file at once; both get the one row."""
    try:
        with db.session.begin_nested():
            db.session.add(StoredFile(sha256=sha256, size=size))
    except sa.exc.IntegrityError:
        pass
    return find_stored(sha256) or db.session.get_one(StoredFile, sha256)
