"""Limits go on counting in memory when the place where they are counted is away."""

import socket
import threading
from contextlib import closing

import pytest
from limits.storage import storage_from_string
from redis.exceptions import ConnectionError

from lms.core.config import limits_options
from lms.core.extensions import limiter
from tests.conftest import PASSWORD, person


@pytest.fixture
def silent_redis():
    """A server that accepts, reads and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        accepted = []

        def accept():
            try:
                while True:
                    accepted.append(server.accept()[0])
            except OSError:
                return

        threading.Thread(target=accept, daemon=True).start()
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        server.shutdown(socket.SHUT_RDWR)
        for connection in accepted:
            connection.close()


@pytest.fixture
def absent_redis():
    """An address at which nobody listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    return f"redis://127.0.0.1:{port}/0"


@pytest.fixture(params=["silent_redis", "absent_redis"])
def browser(request, site_with, monkeypatch):
    monkeypatch.setattr(limiter, "_storage_dead", False)  # it serves every site made
    url = request.getfixturevalue(request.param)
    site = site_with(
        RATELIMIT_ENABLED=True,
        RATELIMIT_STORAGE_URI=url,
        RATELIMIT_STORAGE_OPTIONS=limits_options(url),
    )
    return site.test_client()


def test_tries_are_counted_in_memory_without_redis(browser, caplog):
    member = person("Орлов Олег Сергеевич", "member@example.org")
    form = {"email": member.email, "password": "нет"}

    statuses = [
        browser.post("/accounts/sign-in", data=form).status_code for _ in range(11)
    ]

    assert statuses == [200] * 10 + [429]
    assert "falling back to in-memory storage" in caplog.text


def test_people_sign_in_without_redis(browser):
    member = person("Орлов Олег Сергеевич", "member@example.org")
    form = {"email": member.email, "password": PASSWORD}

    assert browser.post("/accounts/sign-in", data=form).status_code == 302


def test_absent_redis_is_called_once_and_then_left_alone(absent_redis, monkeypatch):
    calls, really = [], socket.socket.connect

    def connect(line, address):
        calls.append(address)
        return really(line, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    storage = storage_from_string(absent_redis, **limits_options(absent_redis))

    with pytest.raises(ConnectionError):
        storage.incr("sign-ins", 60)

    assert len(calls) == 1
