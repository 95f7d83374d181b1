"""The file of a backup: its parts, the list of them, and how damage is found out."""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from lms.core.backup.seal import is_sealed
from lms.core.environment import StartError
from lms.core.storage import CHUNK

MANIFEST = "manifest.json"
PART = re.compile(r"rows/([a-z_]+)\.jsonl|files/([0-9a-f]{64})")
DAMAGED = "Копия повреждена: {}. Возьмите другую."
# What reading an archive that somebody else wrote may end in.
UNREADABLE = (
    OSError,
    EOFError,
    KeyError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class Manifest:
    """What is in a backup: the hash of every part and the rows of every table."""

    made_at: datetime
    revision: str
    rows: dict[str, int] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)
    # Files that a row names and the disk had lost, or spoilt, before.
    lost: list[str] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        """Return the hashes of the stored files."""
        found = (PART.fullmatch(name) for name in self.sha256)
        return [match[2] for match in found if match and match[2]]


LISTED = TypeAdapter(Manifest)


def rows_part(table: str) -> str:
    """Return where the rows of a table are."""
    return f"rows/{table}.jsonl"


def file_part(sha256: str) -> str:
    """Return where a stored file is."""
    return f"files/{sha256}"


@contextmanager
def open_backup(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup, or say that it is none or not what it was."""
    try:
        file = path.open("rb")
    except OSError as error:
        reason = error.strerror if path.exists() else "такого файла нет"
        raise StartError(f"Файл {path} не открылся: {reason}.") from None
    with file:
        if not is_sealed(file):
            raise StartError(
                f"Файл {path} — не копия сайта, или она обрезана или изменена:"
                " контрольная сумма не сходится. Возьмите другую."
            )
        with zipfile.ZipFile(file) as archive:
            yield archive


def verify_backup(archive: zipfile.ZipFile) -> Manifest:
    """Read every part and compare it with the list; return the list."""
    manifest = _read_manifest(archive)
    names = [name for name in archive.namelist() if name != MANIFEST]
    if sorted(names) != sorted(manifest.sha256) or not all(map(PART.fullmatch, names)):
        raise StartError(DAMAGED.format("части не те, что в описи"))
    for name in names:
        try:
            _verify_part(archive, manifest, name)
        except UNREADABLE:
            raise StartError(DAMAGED.format(f"часть {name} не читается")) from None
    if manifest.rows.get("stored_file") != len(manifest.files) + len(manifest.lost):
        raise StartError(DAMAGED.format("файлов не столько, сколько их в базе"))
    return manifest


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        return LISTED.validate_json(archive.read(MANIFEST))
    except UNREADABLE:
        raise StartError(DAMAGED.format("в ней нет описи")) from None


def _verify_part(archive: zipfile.ZipFile, manifest: Manifest, name: str) -> None:
    digest, lines = hashlib.sha256(), 0
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            digest.update(chunk)
            lines += chunk.count(b"\n")
    if digest.hexdigest() != manifest.sha256[name]:
        raise StartError(DAMAGED.format(f"часть {name} изменена"))
    match = PART.fullmatch(name)
    table, sha256 = match.groups() if match else (None, None)
    if sha256 and sha256 != digest.hexdigest():
        raise StartError(DAMAGED.format(f"файл {sha256} не тот"))
    if table and manifest.rows.get(table) != lines:
        raise StartError(DAMAGED.format(f"в таблице {table} не те строки"))
