"""What a second process of gunicorn gives, and what memory a worker takes."""

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

from lms.core.config import ROOT
from lms.core.extensions import db
from lms.demo.models import Demonstration
from lms.identity.accounts.models import User
from lms.identity.accounts.passwords import hash_password
from tests.conftest import PASSPHRASE, PASSWORD

READERS, SECONDS, LESSONS = 32, 10, 128
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
LESSON = "/modules/nastavnichestvo/"
MEGABYTE = 1024


class Served(NamedTuple):
    """How a server did: lessons a second, and what its first worker takes in MB."""

    rate: float
    resident: int
    own_share: int


def print_served(name: str, site: Flask) -> None:
    """Serve a filled demonstration by one and by two processes."""
    with _passwords(PASSPHRASE):
        one, two = (_serve(site, workers) for workers in (1, 2))
    for count, served in ((1, one), (2, two)):
        facts = f"{served.rate:.0f} | ×{served.rate / one.rate:.2f}"
        memory = f"{served.own_share} MB | {served.resident} MB"
        print(f"| {count} | {name} | {facts} | {memory} |", flush=True)


@contextmanager
def _passwords(words: str):
    """Give everybody other words: gunicorn refuses those that are printed."""
    _set_passwords(words)
    try:
        yield
    finally:
        _set_passwords(PASSWORD)


def _set_passwords(words: str) -> None:
    db.session.execute(sa.delete(Demonstration))
    db.session.execute(sa.update(User).values(password_hash=hash_password(words)))
    db.session.commit()


def _serve(site: Flask, workers: int) -> Served:
    port = _free_port()
    env = os.environ | {
        "DATABASE_URL": site.config["SQLALCHEMY_DATABASE_URI"],
        "INSTANCE": str(site.config["INSTANCE"]),
        "LMS_URL": f"http://127.0.0.1:{port}",
        "SECRET_KEY": "measured" * 8,
    }
    command = [sys.executable, "-m", "gunicorn", "app:app", "--log-level", "error"]
    command += ["--workers", str(workers), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL) as run:
        try:
            reader = _Reader(port)
            _read_at_once(reader, least=LESSONS)
            rate = _read_at_once(reader, seconds=SECONDS)
            return Served(rate, *_memory(_children(run.pid)[0]))
        finally:
            run.terminate()


class _Reader:
    """The captain of the demonstration, who reads one lesson over and over."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookie = ""
        while not self._is_up():
            time.sleep(0.1)
        page = self.get("/accounts/sign-in")
        form = {"email": "captain@example.org", "password": PASSPHRASE}
        form |= {"csrf_token": TOKEN.search(page).group(1)}
        self.get("/accounts/sign-in", form)

    def _is_up(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0

    def get(self, path: str, form: dict[str, str] | None = None) -> str:
        """Open a page, or send a form, as one browser."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Cookie": self._cookie}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        method = "GET" if form is None else "POST"
        connection.request(method, path, form and urlencode(form), headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        assert answer.status < 400, (path, answer.status, body[:200])
        if cookies := answer.headers.get_all("Set-Cookie"):
            self._cookie = "; ".join(one.split(";")[0] for one in cookies)
        return body


def _read_at_once(reader: _Reader, *, least: int = 0, seconds: float = 0) -> float:
    """Read so many lessons, or for so long, by many threads; return the rate."""
    begins, read = time.monotonic(), []

    def go_on() -> None:
        while len(read) < least or time.monotonic() - begins < seconds:
            reader.get(LESSON)
            read.append(1)

    threads = [threading.Thread(target=go_on) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(read) / (time.monotonic() - begins)


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in text.split()]


def _memory(pid: int) -> tuple[int, int]:
    """Return the resident memory of a process, and its share of what others map too."""
    facts = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    sizes = dict(re.findall(r"(\w+): +(\d+) kB", facts))
    return int(sizes["Rss"]) // MEGABYTE, int(sizes["Pss"]) // MEGABYTE


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
