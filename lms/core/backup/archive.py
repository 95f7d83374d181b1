"""One file with everything: rows, stored files, and a list of what is in it."""

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from lms.core.backup.rows import dump, tables
from lms.core.database import utcnow
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.schema import HEAD
from lms.core.storage import CHUNK, StoredFile, open_stored

MANIFEST = "manifest.json"
PART = re.compile(r"rows/[a-z_]+\.jsonl|files/[0-9a-f]{64}")
DAMAGED = "Копия повреждена: {}. Возьмите другую."


@dataclass(frozen=True)
class Manifest:
    """What is in a backup: the hash of every part and the rows of every table."""

    made_at: str
    revision: str
    rows: dict[str, int] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)
    # Files that a row names and the disk has lost before.
    lost: list[str] = field(default_factory=list)


def make_backup(path: Path) -> Manifest:
    """Write everything into one file, while people go on working.

    The rows are those of one moment. Files never change and are stored before their
    rows, so they may be read afterwards. A file that was not finished never has the
    name that was asked for.
    """
    manifest = Manifest(utcnow().isoformat(), HEAD)
    draft = path.with_name(f"{path.name}.part")
    try:
        with _private(draft) as output:
            with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
                with _snapshot() as connection:
                    _write_rows(archive, manifest, connection)
                    _write_files(archive, manifest, connection)
                facts = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
                archive.writestr(MANIFEST, facts)
            output.flush()
            os.fsync(output.fileno())
        draft.replace(path)
    except OSError as error:
        raise StartError(f"Копия не записана: {error.strerror or error}.") from None
    finally:
        with suppress(OSError):
            draft.unlink()
    return manifest


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return what a backup says of itself."""
    try:
        return Manifest(**json.loads(archive.read(MANIFEST)))
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile):
        raise StartError(DAMAGED.format("в ней нет описи")) from None


@contextmanager
def open_backup(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup, or say that it is none."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile):
        is_there = path.is_file()
        reason = "это не копия сайта" if is_there else "такого файла нет"
        raise StartError(f"Файл {path} не открылся: {reason}.") from None
    with archive:
        yield archive


def verify_backup(archive: zipfile.ZipFile) -> Manifest:
    """Read every part and compare it with the list; return the list."""
    manifest = read_manifest(archive)
    names = [name for name in archive.namelist() if name != MANIFEST]
    if sorted(names) != sorted(manifest.sha256) or not all(map(PART.fullmatch, names)):
        raise StartError(DAMAGED.format("части не те, что в описи"))
    for name, sha256 in manifest.sha256.items():
        digest, lines = hashlib.sha256(), 0
        try:
            with archive.open(name) as part:
                while chunk := part.read(CHUNK):
                    digest.update(chunk)
                    lines += chunk.count(b"\n")
        except (OSError, zipfile.BadZipFile, EOFError, ValueError, zlib.error):
            raise StartError(DAMAGED.format(f"часть {name} не читается")) from None
        if digest.hexdigest() != sha256:
            raise StartError(DAMAGED.format(f"часть {name} изменена"))
        kind, _, rest = name.partition("/")
        if kind == "files" and rest != sha256:
            raise StartError(DAMAGED.format(f"файл {rest} не тот"))
        if kind == "rows" and manifest.rows.get(rest[:-6]) != lines:
            raise StartError(DAMAGED.format(f"в таблице {rest[:-6]} не те строки"))
    return manifest


def _write_rows(
    archive: zipfile.ZipFile, manifest: Manifest, connection: sa.Connection
) -> None:
    for table in tables():
        lines = dump(connection, table)
        name = f"rows/{table.name}.jsonl"
        manifest.rows[table.name] = _write_part(archive, manifest, name, lines)


def _write_files(
    archive: zipfile.ZipFile, manifest: Manifest, connection: sa.Connection
) -> None:
    for sha256 in connection.scalars(sa.select(StoredFile.sha256)).all():
        try:
            stored = open_stored(sha256)
        except FileNotFoundError:
            manifest.lost.append(sha256)
            continue
        with stored:
            chunks = iter(partial(stored.read, CHUNK), b"")
            _write_part(archive, manifest, f"files/{sha256}", chunks)


def _write_part(
    archive: zipfile.ZipFile, manifest: Manifest, name: str, chunks: Iterable[bytes]
) -> int:
    digest, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as part:
        for chunk in chunks:
            part.write(chunk)
            digest.update(chunk)
            count += 1
    manifest.sha256[name] = digest.hexdigest()
    return count


@contextmanager
def _snapshot() -> Iterator[sa.Connection]:
    """Read the database as it is at one moment, however long the reading takes."""
    options: dict[str, Any] = {"reads_only": True}
    if db.engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    with db.engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """Make a file that only the site can read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as output:
        yield output
