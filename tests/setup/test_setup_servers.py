"""Servers that must not start: one line, exit 1, no traceback; what they write."""

import os
import socket
import subprocess
import sys

import pytest

from lms.core.config import ROOT
from lms.demo.models import Demonstration
from tests.conftest import PASSPHRASE, save

OWN = [sys.executable, "app.py"]
GUNICORN = [sys.executable, "-m", "gunicorn", "app:app", "--bind", "127.0.0.1:0"]
DEMO = [sys.executable, "-m", "lms.demo"]
REAL = {
    "LMS_ENV": "production",
    "SECRET_KEY": "k" * 32,
    "LMS_URL": "http://127.0.0.1:8000",
}


@pytest.fixture
def start(tmp_path):
    """Return a function that runs a program and tells its code and what it said."""

    def run(words, **env):
        own = {"INSTANCE": str(tmp_path / "instance")} | env
        clean = {k: v for k, v in os.environ.items() if not k.startswith("LMS_")}
        done = subprocess.run(
            words,
            cwd=ROOT,
            env=clean | own,
            capture_output=True,
            text=True,
            timeout=120,
        )
        lines = done.stderr.splitlines()
        return done.returncode, [line for line in lines if not line.startswith("[")]

    return run


@pytest.mark.parametrize("words", [OWN, GUNICORN, [sys.executable, "-c", "import app"]])
def test_server_before_setup_says_what_to_do(start, words):
    assert start(words, **REAL) == (1, ["Базы ещё нет. Выполните: flask setup"])


@pytest.mark.parametrize("words", [OWN, GUNICORN, DEMO])
def test_server_with_a_wrong_setting_says_which(start, words):
    code, said = start(words, **REAL | {"DATABASE_URL": "foo"})

    assert code == 1
    assert len(said) == 1
    assert said[0].startswith("DATABASE_URL")


def test_gunicorn_shows_no_demonstration(start):
    code, [said] = start(GUNICORN, LMS_DEMO="1")

    assert code == 1
    assert said.startswith("LMS_DEMO=1")


def test_server_of_flask_shows_no_demonstration(start):
    words = [sys.executable, "-m", "flask", "run", "--port", "0"]

    assert "только python app.py" in start(words, LMS_DEMO="1")[1][0]


def test_taken_port_is_named(start, template_database):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        database = f"sqlite:///{template_database}"

        code, [said] = start(OWN, PORT=port, DATABASE_URL=database)

    assert code == 1
    assert f"127.0.0.1:{port} занят" in said


def test_what_the_site_writes_is_closed_to_others(start, tmp_path):
    admin = {
        "LMS_ADMIN_NAME": "Лях Вера",
        "LMS_ADMIN_EMAIL": "a@school.ru",
        "LMS_ADMIN_PASSWORD": PASSPHRASE,
    }

    assert start([sys.executable, "-m", "flask", "setup"], **admin)[0] == 0

    written = [tmp_path / "instance", *(tmp_path / "instance").rglob("*")]
    assert len(written) > 3
    assert not [path for path in written if path.stat().st_mode & 0o077]


def test_demonstration_is_not_poured_into_a_real_site(start, database_url, admin):
    code, [said] = start(DEMO, LMS_DEMO="1", DATABASE_URL=database_url)

    assert code == 1
    assert said.startswith("В этой базе настоящий сайт")


def test_demonstration_that_was_cut_off_is_not_shown_as_whole(start, database_url, app):
    save(Demonstration())

    code, [said] = start(DEMO, LMS_DEMO="1", DATABASE_URL=database_url)

    assert code == 1
    assert said.startswith("Пример наполнен не до конца")
