"""Files in a bucket. A process opens it when it first needs it, never before a fork."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from lms.core.bucket import Bucket, BucketError

if TYPE_CHECKING:
    from typing_extensions import Buffer

PROBE = "probe"
# A file is sent in pieces of this size, two at a time, and read in smaller ones.
PIECE, AT_ONCE, CHUNK = 8 * 1024 * 1024, 2, 1024 * 1024


@cache
def open_bucket(bucket: Bucket) -> "BucketStore":
    """Return the one client that this process has for a bucket."""
    return BucketStore(bucket)


class BucketStore:
    """A bucket of an S3-compatible storage."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._store = S3Store(
            bucket.name,
            prefix=bucket.folder or None,
            endpoint=bucket.endpoint,
            region=bucket.region,
            access_key_id=bucket.key,
            secret_access_key=bucket.secret,
            virtual_hosted_style_request=False,
            client_options={
                "allow_http": True,
                "connect_timeout": "3s",
                "timeout": "30s",
            },
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
        )

    @property
    def title(self) -> str:
        return f"ведре «{self._bucket.name}» на {self._bucket.host}"

    def check(self) -> None:
        try:
            with self._in_words():
                obstore.put(self._store, PROBE, b"1")
        except FileNotFoundError:
            name, host = self._bucket.name, self._bucket.host
            raise BucketError(f"на {host} нет ведра «{name}»") from None

    def put(self, draft: Path, sha256: str) -> None:
        with self._in_words():
            obstore.put(
                self._store,
                _key(sha256),
                draft,
                chunk_size=PIECE,
                max_concurrency=AT_ONCE,
            )
        draft.unlink()

    def open(self, sha256: str) -> io.BufferedReader:
        with self._in_words():
            size = obstore.head(self._store, _key(sha256))["size"]
        return io.BufferedReader(_StoredBytes(self, sha256, size), CHUNK)

    @contextmanager
    def on_this_machine(self, sha256: str) -> Iterator[Path]:
        with TemporaryDirectory() as folder, self.open(sha256) as stored:
            path = Path(folder, sha256)
            with path.open("wb") as copy:
                while chunk := stored.read(CHUNK):
                    copy.write(chunk)
            yield path

    def names(self) -> Iterator[str]:
        with self._in_words():
            for batch in obstore.list(self._store):
                paths = (Path(one["path"]) for one in batch)
                yield from (path.name for path in paths if path.name != PROBE)

    def changed_at(self, sha256: str) -> datetime | None:
        try:
            with self._in_words():
                return obstore.head(self._store, _key(sha256))["last_modified"]
        except FileNotFoundError:
            return None

    def touch(self, sha256: str) -> None:
        """Store the bytes once more: nothing else makes an object new."""
        try:
            with self.on_this_machine(sha256) as path:
                self.put(path, sha256)
        except FileNotFoundError:
            return

    def remove(self, sha256: str) -> None:
        with self._in_words():
            obstore.delete(self._store, _key(sha256))

    def read(self, sha256: str, start: int, end: int) -> "Buffer":
        """Return some bytes of a file."""
        with self._in_words():
            return obstore.get_range(self._store, _key(sha256), start=start, end=end)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Say in Russian what the storage says; a file that is not there stays so."""
        try:
            yield
        except (PermissionDeniedError, UnauthenticatedError):
            name, host = self._bucket.name, self._bucket.host
            said = f"{host} не пускает в ведро «{name}» с этим ключом и секретом"
            raise BucketError(said) from None
        except BaseError as error:
            reason = str(error).splitlines()[0].rpartition(" - ")[2]
            raise BucketError(f"{self._bucket.host} не отвечает ({reason})") from None


class _StoredBytes(io.RawIOBase):
    """The bytes of an object, asked for as they are read."""

    def __init__(self, store: BucketStore, sha256: str, size: int) -> None:
        self._store, self._sha256, self._size = store, sha256, size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}
        self._at = max(base[whence] + offset, 0)
        return self._at

    def readinto(self, buffer: "Buffer") -> int:
        room = memoryview(buffer)
        end = min(self._at + len(room), self._size)
        count = max(end - self._at, 0)
        if count:
            room[:count] = memoryview(self._store.read(self._sha256, self._at, end))
            self._at = end
        return count


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"
