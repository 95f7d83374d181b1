"""What is wrong when the disk or the database takes nothing, in words for people."""

import errno
from collections.abc import Iterator

import sqlalchemy as sa

from lms.core.bucket import BucketError

FULL = "На сервере закончилось место."
CLOSED = "Диск сервера сейчас не принимает записей."
STORE = "Хранилище файлов сейчас не отвечает."
AWAY = "База данных сайта сейчас не отвечает."
BUSY = "Сайт сейчас занят другими записями."
# What SQLite and PostgreSQL (by SQLSTATE) call it.
SAID = {
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": CLOSED,
    "SQLITE_IOERR": CLOSED,
    "SQLITE_CANTOPEN": CLOSED,
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "53100": FULL,
    "25006": CLOSED,
    "58030": CLOSED,
}
# No connection, no more connections, and a server that goes down.
LOST = ("08", "53300", "57P")


class UnavailableError(Exception):
    """The site can store nothing at this moment; the text says why."""


class LostFileError(FileNotFoundError):
    """The storage has no more what it took, or only a part of it."""


def of_disk(error: OSError) -> str:
    """Say why a file cannot be written."""
    if isinstance(error, BucketError):
        return STORE
    return FULL if error.errno in {errno.ENOSPC, errno.EDQUOT} else CLOSED


def of_database(error: sa.exc.DBAPIError) -> str:
    """Say why a statement cannot be carried out; nothing if the statement is wrong.

    SQLite gives a transaction up when its disk is full, so the end of a savepoint
    fails as well and hides what came first.
    """
    for said in _chain(error):
        state = str(
            getattr(said, "sqlstate", None) or getattr(said, "sqlite_errorname", "")
        )
        for code, words in SAID.items():
            if state.startswith(code):
                return words
    return AWAY if _is_lost(error) else ""


def _is_lost(error: sa.exc.DBAPIError) -> bool:
    """Tell a connection that failed from what a server said over one that works."""
    state = getattr(error.orig, "sqlstate", None) or ""
    is_of_server = state and not state.startswith(LOST)
    is_of_sqlite = hasattr(error.orig, "sqlite_errorname")
    is_operational = isinstance(error, sa.exc.OperationalError)
    return is_operational and not is_of_server and not is_of_sqlite


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Return what the database said, the last first."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
