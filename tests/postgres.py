"""A PostgreSQL server of our own for the tests: loopback only, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def find_programs() -> Path | None:
    """Return the folder with `initdb`, or None where PostgreSQL is missing."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb") or (str(debian[-1]) if debian else None)
    return Path(found).parent if found else None


@contextmanager
def running_server(programs: Path) -> Iterator[str]:
    """Start a server in a temporary folder and yield its address."""
    with tempfile.TemporaryDirectory(prefix="lms-pg-") as folder:
        port = _free_port()
        place = Path(folder) / "data"
        create = [programs / "initdb", "-D", place, "-U", "postgres", "-A", "trust"]
        _as_postgres(folder, [*create, "-N"])
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        control = [programs / "pg_ctl", "-D", place, "-w", "-s"]
        _as_postgres(folder, [*control, "-o", settings, "-l", f"{folder}/log", "start"])
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            _as_postgres(folder, [*control, "-m", "immediate", "stop"])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _as_postgres(folder: str, command: list) -> None:
    """The server refuses to run as root, so root becomes `postgres` for it."""
    options: dict = {"cwd": folder, "stdout": subprocess.DEVNULL, "check": True}
    if os.geteuid() == 0:
        person = pwd.getpwnam("postgres")
        os.chown(folder, person.pw_uid, person.pw_gid)
        options |= {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    subprocess.run([str(part) for part in command], **options)
