"""Where the bytes of files lie, under their SHA-256: what any such place can do.

Nothing here knows of rows; `lms/core/storage.py` puts both together. Which place it is,
`LMS_FILES_URL` tells: the folder of the site, or a bucket (`lms/core/bucket.py`).
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from flask import current_app

from lms.core.bucket import Bucket

PROBE = b"\0" * 64 * 1024


class FileStore(Protocol):
    """A place for files that never change."""

    @property
    def title(self) -> str:
        """Name the place as it stands after «в»."""

    def check(self) -> None:
        """Write something, or raise an `OSError`."""

    def put(self, draft: Path, sha256: str) -> None:
        """Store a finished file of this machine: whole, or not at all."""

    def open(self, sha256: str) -> BufferedReader:
        """Open a file for reading from any place in it."""

    def on_this_machine(self, sha256: str) -> AbstractContextManager[Path]:
        """Give a file a path for a while, for whoever can open nothing else."""

    def names(self) -> Iterator[str]:
        """Return the hashes of all files."""

    def changed_at(self, sha256: str) -> datetime | None:
        """Tell when a file was stored last; nothing if there is none."""

    def touch(self, sha256: str) -> None:
        """Have a file stored now, if it is there."""

    def remove(self, sha256: str) -> None:
        """Remove a file, if it is there."""


def file_store() -> FileStore:
    """Return the place of this site."""
    bucket: Bucket | None = current_app.config["LMS_FILES"]
    if bucket is None:
        return FolderStore(current_app.config["INSTANCE"] / "files")
    from lms.core.bucket_store import open_bucket

    return open_bucket(bucket)


class FolderStore:
    """The folder of the site on this machine."""

    title = "папке INSTANCE"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def check(self) -> None:
        check_folder(self._folder)

    def put(self, draft: Path, sha256: str) -> None:
        path = self.path_of(sha256)
        path.parent.mkdir(exist_ok=True)
        draft.replace(path)
        sync_folder(path.parent)

    def open(self, sha256: str) -> BufferedReader:
        return self.path_of(sha256).open("rb")

    @contextmanager
    def on_this_machine(self, sha256: str) -> Iterator[Path]:
        with self.open(sha256) as stored:  # whoever asks for a lost file learns it here
            yield Path(stored.name)

    def names(self) -> Iterator[str]:
        return (path.name for path in self._folder.glob("??/*"))

    def changed_at(self, sha256: str) -> datetime | None:
        try:
            seconds = self.path_of(sha256).stat().st_mtime
        except FileNotFoundError:
            return None
        return datetime.fromtimestamp(seconds, UTC)

    def touch(self, sha256: str) -> None:
        path = self.path_of(sha256)
        if path.exists():
            os.utime(path)

    def remove(self, sha256: str) -> None:
        self.path_of(sha256).unlink(missing_ok=True)

    def path_of(self, sha256: str) -> Path:
        """Return where the bytes with this hash lie."""
        return self._folder / sha256[:2] / sha256


def check_folder(folder: Path) -> None:
    """Write something into a folder that goes again, or raise an `OSError`."""
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(PROBE)


def sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut; only POSIX can open a folder."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
