"""Numbers for those who watch over the site."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.middleware.proxy_fix import ProxyFix

from lms.core.config import ROOT
from lms.core.database import utcnow
from lms.core.jobs import Job
from lms.core.worker import Heartbeat
from tests.conftest import save

FAR = {"REMOTE_ADDR": "203.0.113.7"}
TOKEN = "t" * 32
GUNICORN = [sys.executable, "-m", "gunicorn", "app:app"]


def numbers_in(text):
    """Return each number by its name and labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def answered(numbers, endpoint, status):
    return numbers.get(("lms_answer_seconds_count", endpoint, status), 0)


@pytest.fixture
def numbers(guest):
    """Return a function that reads the numbers as this machine does."""
    return lambda: numbers_in(guest.get("/metrics").text)


def test_answers_are_counted_by_page_and_status(guest, numbers):
    before = numbers()

    guest.get("/healthz")
    guest.get("/nowhere")

    after = numbers()
    for page in (("health.healthz", "200"), ("unknown", "404")):
        assert answered(after, *page) == answered(before, *page) + 1


def test_jobs_are_counted(numbers):
    late, later = utcnow() - timedelta(minutes=5), utcnow() + timedelta(hours=1)
    save(Job(kind="mail", payload={}, run_at=late))
    save(Job(kind="mail", payload={}, run_at=later))
    save(Job(kind="mail", payload={}, run_at=late, done_at=late))
    save(Job(kind="mail", payload={}, run_at=late, parked_at=late))

    found = numbers()

    assert (found["lms_jobs_waiting",], found["lms_jobs_parked",]) == (1, 1)
    assert 300 <= found["lms_jobs_oldest_seconds",] < 400


def test_silence_of_the_workers_is_told_once_one_was_seen(numbers):
    assert ("lms_worker_silence_seconds",) not in numbers()

    save(Heartbeat(id=1, at=utcnow() - timedelta(hours=1)))

    assert 3600 <= numbers()["lms_worker_silence_seconds",] < 3700


def test_age_of_the_last_backup_is_told(app, numbers, tmp_path):
    app.config["LMS_BACKUPS"] = tmp_path
    (tmp_path / "site-2026-11-28.zip").touch()
    yesterday = (utcnow() - timedelta(days=1)).timestamp()
    os.utime(tmp_path / "site-2026-11-28.zip", (yesterday, yesterday))

    assert 86400 <= numbers()["lms_backup_age_seconds",] < 86500


def test_other_machines_need_the_token(app, guest):
    def answer(**headers):
        page = guest.get("/metrics", environ_base=FAR, headers=headers)
        return page.status_code

    assert answer() == answer(Authorization="Bearer ") == 404

    app.config["LMS_METRICS_TOKEN"] = TOKEN
    assert answer(Authorization=f"Bearer {TOKEN}") == 200
    assert answer() == answer(Authorization="Bearer wrong") == 404
    assert answer(Authorization=f"Basic {TOKEN}") == 404


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"]
)
@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_who_comes_through_a_proxy_needs_the_token(app, header, proxies):
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)
    forged = {header: "127.0.0.1, 127.0.0.1"}

    assert app.test_client().get("/metrics").status_code == 200
    assert app.test_client().get("/metrics", headers=forged).status_code == 404


@pytest.fixture
def gunicorn_url(template_database, tmp_path):
    """The address of a server with two workers."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("LMS_")}
    env = clean | {
        "INSTANCE": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{template_database}",
        "LMS_ENV": "production",
        "SECRET_KEY": "k" * 32,
        "LMS_URL": "http://127.0.0.1:8000",
        "TMPDIR": str(tmp_path),
    }
    words = [*GUNICORN, "--bind", "127.0.0.1:0"]
    pipes = {"stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, cwd=ROOT, env=env, **pipes) as server:
        try:
            listening = next(line for line in server.stderr if "Listening at" in line)
            yield listening.split("at: ")[1].split()[0]
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=60)
    assert not list(tmp_path.glob("lms-metrics-*"))


def test_workers_put_their_numbers_together(gunicorn_url):
    def ask(path):
        with urlopen(gunicorn_url + path, timeout=60) as page:
            return page.read().decode()

    with ThreadPoolExecutor(8) as people:
        list(people.map(ask, ["/healthz"] * 40))

    assert answered(numbers_in(ask("/metrics")), "health.healthz", "200") == 40
