"""How gunicorn serves the site; it finds this file by itself."""

import os
import shutil
import subprocess
import sys
import tempfile
from typing import Any

worker_class = "gthread"
workers = 2
threads = 32
# Nobody steers it from outside; the socket for that would lie among the data.
control_socket_disable = True
# Where workers put their numbers together for `/metrics`.
NUMBERS = "PROMETHEUS_MULTIPROC_DIR"


def on_starting(_server: Any) -> None:
    """Refuse once and for all, before there is any worker to refuse.

    In a process of its own: code that this one imports would survive a reload.
    """
    check = subprocess.run([sys.executable, "-c", "import app"], check=False)
    if check.returncode:
        sys.exit(1)
    os.environ[NUMBERS] = tempfile.mkdtemp(prefix="lms-metrics-")


def child_exit(_server: Any, worker: Any) -> None:
    """Drop what only a living worker says."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(_server: Any) -> None:
    """Take the numbers away with the server."""
    if folder := os.environ.get(NUMBERS):
        shutil.rmtree(folder, ignore_errors=True)
