"""Files on disk, addressed by the SHA-256 of what is in them."""

import hashlib
import os
import tempfile
from datetime import datetime
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO, BinaryIO

import sqlalchemy as sa
from flask import Response, current_app, send_file
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import Immutable, utcnow
from lms.core.errors import RuleError
from lms.core.extensions import Model, db

CHUNK = 1024 * 1024


class StoredFile(Immutable, Model):
    """The bytes of a file, stored once however many times they were uploaded."""

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    size: Mapped[int]
    stored_at: Mapped[datetime] = mapped_column(default=utcnow)


def store_bytes(content: bytes) -> StoredFile:
    """Store bytes that are already in memory; see `store_file`."""
    return store_file(BytesIO(content))


def store_file(stream: BinaryIO) -> StoredFile:
    """Put a file on the disk and its row into the caller's transaction.

    The bytes are on the disk, flushed, before the row can be committed, so an
    acknowledged file survives a power cut. Bytes without a row do no harm.
    """
    folder = _folder()
    try:
        sha256, size = _write(stream, folder)
    except OSError as error:
        raise RuleError(
            "Не получилось сохранить файл: на сервере закончилось место."
            " Ничего не пропало: попробуйте ещё раз позже."
        ) from error
    known = db.session.get(StoredFile, sha256)
    if known is None:
        known = _insert_once(sha256, size)
    return known


def keep_file(stream: IO[bytes]) -> str:
    """Put the bytes of a restored file on the disk; its row is restored apart."""
    sha256, _size = _write(stream, _folder())
    return sha256


def stored_names() -> set[str]:
    """Return the hashes of the files on the disk, whether a row names them or not."""
    return {path.name for path in _folder().glob("??/*")}


def open_stored(sha256: str) -> BufferedReader:
    """Open stored bytes for reading."""
    return _path(_folder(), sha256).open("rb")


def send_stored(
    sha256: str, *, name: str, media_type: str, inline: bool = False
) -> Response:
    """Answer with a stored file: a download, unless its type may be shown."""
    response = send_file(
        _path(_folder(), sha256),
        mimetype=media_type,
        as_attachment=not inline,
        download_name=name,
        etag=sha256,
        max_age=0,
    )
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    return response


def _folder() -> Path:
    folder: Path = current_app.config["INSTANCE"] / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _path(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def _write(stream: IO[bytes], folder: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    handle, draft = tempfile.mkstemp(dir=folder, prefix="draft-")
    try:
        with os.fdopen(handle, "wb") as output:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                output.write(chunk)
            output.flush()
            os.fsync(output.fileno())
        path = _path(folder, digest.hexdigest())
        path.parent.mkdir(exist_ok=True)
        Path(draft).replace(path)
        sync_folder(path.parent)
    finally:
        Path(draft).unlink(missing_ok=True)
    return digest.hexdigest(), size


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
    return db.session.get_one(StoredFile, sha256)
