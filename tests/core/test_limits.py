"""Limits go on counting in memory when the place where they are counted is away."""

import socket
import threading
from contextlib import closing

import pytest

from lms.core.config import limits_options
from lms.core.extensions import limiter
from tests.conftest import PASSWORD, person


@pytest.fixture
def accepted():
    """The connections that a silent server has taken."""
    return []


@pytest.fixture
def silent_redis(accepted):
    """A server that accepts, reads and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

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
def browser(request, browser_with):
    return browser_with(request.getfixturevalue(request.param))


@pytest.fixture
def browser_with(site_with, monkeypatch):
    """Return a function that gives a browser of a site which counts at an address."""
    monkeypatch.setattr(limiter, "_storage_dead", False)  # it serves every site made

    def make(url):
        site = site_with(
            RATELIMIT_ENABLED=True,
            RATELIMIT_STORAGE_URI=url,
            RATELIMIT_STORAGE_OPTIONS=limits_options(url),
        )
        return site.test_client()

    return make


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


def test_silent_redis_is_asked_once_and_then_left_alone(
    browser_with, silent_redis, accepted
):
    browser = browser_with(silent_redis)

    for _ in range(2):
        browser.post("/accounts/sign-in", data={"email": "a@b.ru", "password": "нет"})

    assert len(accepted) == 1
