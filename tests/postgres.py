"""A PostgreSQL server of our own for the tests: loopback only, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

# Nothing in it has to outlive the tests.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# Waits until the tests are gone, even if they were killed; then stops the server and
# takes its folder away.
GUARD = 'cat; "$@"; rm -rf "$0" 2>/dev/null'
RESTART = """
SELECT setval(quote_ident(sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""


def find_programs() -> Path | None:
    """Return the folder with `initdb`, or None where PostgreSQL is missing."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb") or (str(debian[-1]) if debian else None)
    return Path(found).parent if found else None


@contextmanager
def running_server(programs: Path, place: Path | None = None) -> Iterator[str]:
    """Start a server in a temporary folder and yield its address.

    The folder is made in `place` where one is named: a large database needs room.
    """
    folder, port = tempfile.mkdtemp(prefix="lms-pg-", dir=place), _free_port()
    tables = f"{folder}/data"
    control = [programs / "pg_ctl", "-D", tables, "-s", "-w"]
    stop = [*control, "-m", "immediate", "stop"]
    create = [programs / "initdb", "-D", tables, "-U", "postgres", "-A", "trust"]
    options = [f"-p {port} -k {folder}", "listen_addresses=127.0.0.1", *SETTINGS]
    start = [*control, "-o", " -c ".join(options), "-l", f"{folder}/log", "start"]
    with _as_postgres(folder, ["sh", "-c", GUARD, folder, *stop]):
        for command in ([*create, "-N"], start):
            with _as_postgres(folder, command) as program:
                pass
            assert program.returncode == 0, command
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    # Empty by now, and in a place where `postgres` may remove nothing.
    shutil.rmtree(folder, ignore_errors=True)


def empty(database: sa.Engine, tables: Iterable[str]) -> None:
    """Delete every row and count ids from one again, in one message.

    TRUNCATE gives every table a new file: with sixty it takes twenty times as long.
    """
    rows = [f'DELETE FROM "{table}"' for table in tables]
    statements = ["SET LOCAL session_replication_role = replica", *rows, RESTART]
    with database.begin() as connection:
        connection.connection.driver_connection.execute("; ".join(statements))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _as_postgres(folder: str, command: list) -> subprocess.Popen:
    """The server refuses to run as root, so root becomes `postgres` for it."""
    options: dict = {"cwd": "/", "stdin": subprocess.PIPE, "start_new_session": True}
    options["stdout"] = subprocess.DEVNULL
    if os.geteuid() == 0:
        person = pwd.getpwnam("postgres")
        os.chown(folder, person.pw_uid, person.pw_gid)
        options |= {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    return subprocess.Popen([str(part) for part in command], **options)
