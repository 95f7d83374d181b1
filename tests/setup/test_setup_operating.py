"""The files of docs/operating: they fit the code, and a restart loses no request."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest

from lms.core.config import ROOT

OPERATING = ROOT / "docs" / "operating"
UNITS = ["tochka-web.service", "tochka-jobs.service"]
SETTING = re.compile(r"^([A-Z_]+)=", re.MULTILINE)
BIN = Path(sys.executable).parent
# What systemd does before it starts a service that has a socket.
HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
os.execv(sys.argv[2], sys.argv[2:])
"""


def command_of(unit):
    """Return what a unit starts, by the programs of this environment."""
    text = (OPERATING / unit).read_text()
    program, *words = shlex.split(re.search(r"^ExecStart=(.*)$", text, re.MULTILINE)[1])
    return [str(BIN / Path(program).name), *words]


def test_every_setting_of_the_example_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()

    names = SETTING.findall((OPERATING / "settings.env").read_text())

    assert "SECRET_KEY" in names
    assert [name for name in names if f"`{name}`" not in readme] == []


@pytest.fixture
def env(template_database, tmp_path):
    """The settings of a real site."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("LMS_")}
    return clean | {
        "INSTANCE": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{template_database}",
        "LMS_ENV": "production",
        "SECRET_KEY": "k" * 32,
        "LMS_URL": "http://127.0.0.1:8000",
    }


@pytest.mark.parametrize("unit", UNITS)
def test_unit_starts_a_program_that_exists(unit, env):
    words = [*command_of(unit), "--help"]

    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


@pytest.fixture
def address():
    """The socket that systemd would hold, with the number 3 for whoever inherits it."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as held:
        yield held


@pytest.fixture
def service(address, env):
    """Return a function that starts the service of pages as systemd does."""
    handle, started = address.fileno(), []

    def start():
        words = [sys.executable, "-c", HAND_OVER, str(handle), *command_of(UNITS[0])]
        started.append(subprocess.Popen(words, cwd=ROOT, env=env, pass_fds=[handle]))
        return started[-1]

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=60)


def test_restart_loses_no_request(address, service):
    url = f"http://127.0.0.1:{address.getsockname()[1]}/healthz"

    def ask(_):
        with urlopen(url, timeout=60) as page:
            return page.status

    first = service()
    assert ask(0) == 200
    with ThreadPoolExecutor(4) as people:
        answers = people.map(ask, range(400))
        first.send_signal(signal.SIGTERM)
        first.wait(timeout=60)
        service()

        assert set(answers) == {200}
