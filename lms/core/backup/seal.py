"""The seal: a backup ends with the SHA-256 of everything before it.

An archive has bytes that no checksum of its own covers, and one that was cut may look
whole. With the seal, a single byte that is missing or changed is found out.
"""

import hashlib
import os
from typing import IO

from lms.core.storage import CHUNK

# Room for the seal, as the comment of the archive: the last bytes of the file.
BLANK = b"0" * hashlib.sha256().digest_size * 2


def seal(file: IO[bytes]) -> None:
    """Write the seal of a finished file over the room that was left for it."""
    size = _sealed_size(file)
    digest = _digest(file, size)
    file.seek(size)
    file.write(digest)


def is_sealed(file: IO[bytes]) -> bool:
    """Tell whether a file is to the last byte what was sealed."""
    size = _sealed_size(file)
    return size > 0 and _digest(file, size) == file.read()


def _sealed_size(file: IO[bytes]) -> int:
    return file.seek(0, os.SEEK_END) - len(BLANK)


def _digest(file: IO[bytes], size: int) -> bytes:
    """Return the seal of the first bytes, and stand behind them."""
    digest = hashlib.sha256()
    file.seek(0)
    while left := size - file.tell():
        digest.update(file.read(min(CHUNK, left)))
    return digest.hexdigest().encode()
