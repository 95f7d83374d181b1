"""How gunicorn serves the site; it finds this file by itself."""

import subprocess
import sys
from typing import Any

worker_class = "gthread"
workers = 2
threads = 32


def on_starting(_server: Any) -> None:
    """Refuse once and for all, before there is any worker to refuse.

    In a process of its own: code that this one imports would survive a reload.
    """
    check = subprocess.run([sys.executable, "-c", "import app"], check=False)
    if check.returncode:
        sys.exit(1)
