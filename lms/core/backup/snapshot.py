"""A backup is made: the rows of one moment, and the files that they name."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from lms.core.backup.archive import LISTED, MANIFEST, Manifest, file_part, rows_part
from lms.core.backup.rows import dump, tables
from lms.core.backup.seal import BLANK, seal
from lms.core.bucket import BucketError
from lms.core.database import utcnow
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.file_store import sync_folder
from lms.core.schema import HEAD, Schema, stored_revision
from lms.core.storage import CHUNK, StoredFile, open_stored

DRAFT = ".part"


def make_backup(path: Path) -> Manifest:
    """Write everything into one file, while people go on working.

    The rows are those of one moment. Files never change and are stored before their
    rows, so they may be read afterwards.
    """
    with _draft(path) as output:
        with zipfile.ZipFile(output, "w") as archive:
            archive.comment = BLANK
            with _one_moment() as connection:
                manifest = Manifest(utcnow(), HEAD)
                _check_revision(connection)
                _write_rows(archive, manifest, connection)
                files = connection.scalars(sa.select(StoredFile.sha256)).all()
            for sha256 in sorted(files):
                _write_file(archive, manifest, sha256)
            archive.writestr(MANIFEST, LISTED.dump_json(manifest, indent=1))
        seal(output)
    return manifest


@contextmanager
def _draft(path: Path) -> Iterator[IO[bytes]]:
    """Give a file, closed to others, that gets its name when it is whole and safe.

    Each has a name of its own, so that two backups at once do not write into one.
    """
    try:
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f"{path.name}.", suffix=DRAFT
        )
        try:
            with os.fdopen(handle, "w+b") as output:
                yield output
                output.flush()
                os.fsync(output.fileno())
            Path(name).replace(path)
            sync_folder(path.parent)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise StartError(f"Копия не записана: {error.strerror or error}.") from None


@contextmanager
def _one_moment() -> Iterator[sa.Connection]:
    """Read the database as it is at one moment, however long the reading takes."""
    options: dict[str, Any] = {"reads_only": True}
    if db.engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with db.engine.connect().execution_options(**options) as connection:
        yield connection


def _check_revision(connection: sa.Connection) -> None:
    """Refuse tables that another release has upgraded since this process began."""
    if problem := Schema(stored_revision(connection)).problem:
        raise StartError(problem)


def _write_rows(
    archive: zipfile.ZipFile, manifest: Manifest, connection: sa.Connection
) -> None:
    for table in tables():
        place = zipfile.ZipInfo(rows_part(table.name))
        # Rows shrink to a tenth; what people upload is packed already.
        place.compress_type = zipfile.ZIP_DEFLATED
        lines = dump(connection, table)
        manifest.rows[table.name] = _write_part(archive, manifest, place, lines)


def _write_file(archive: zipfile.ZipFile, manifest: Manifest, sha256: str) -> None:
    """Add a stored file, or its name where the disk has lost or spoilt it."""
    if not _is_intact(sha256):
        manifest.lost.append(sha256)
        return
    with open_stored(sha256) as stored:
        chunks = iter(partial(stored.read, CHUNK), b"")
        _write_part(archive, manifest, zipfile.ZipInfo(file_part(sha256)), chunks)


def _is_intact(sha256: str) -> bool:
    try:
        with open_stored(sha256) as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest() == sha256
    except BucketError:
        raise  # a storage that is silent has lost nothing
    except OSError:
        return False


def _write_part(
    archive: zipfile.ZipFile,
    manifest: Manifest,
    place: zipfile.ZipInfo,
    chunks: Iterable[bytes],
) -> int:
    digest, count = hashlib.sha256(), 0
    with archive.open(place, "w", force_zip64=True) as part:
        for chunk in chunks:
            part.write(chunk)
            digest.update(chunk)
            count += 1
    manifest.sha256[place.filename] = digest.hexdigest()
    return count
