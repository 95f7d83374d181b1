"""A worker shows that it lives, stops in time, and comes back from any end."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core import jobs, worker
from lms.core.config import ROOT
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import Job, enqueue
from lms.core.worker import Heartbeat, Worker, beat, is_at_work
from tests.conftest import save
from tests.mail_server import mail_server

RUN = [sys.executable, "-m", "flask", "jobs", "run"]


@contextmanager
def jobs_process(app, server):
    """Run `flask jobs run` as a service does; killed at the end, if it still lives."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("LMS_")}
    env = clean | {
        "INSTANCE": str(app.config["INSTANCE"]),
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "SMTP_URL": server.url,
    }
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    process = subprocess.Popen(RUN, cwd=ROOT, env=env, **pipes)
    with process:
        try:
            assert "works" in process.stdout.readline()
            yield process
        finally:
            process.kill()


def write(count=1):
    """Have some letters written."""
    for number in range(count):
        name = {"message_id": f"<{number}@x>"}
        letter = {"to": f"{number}@school.ru", "subject": "Тема", "text": "Текст"}
        enqueue("mail", letter | name)
    db.session.commit()


def wait_until(found):
    """Ask the database until it answers, for a while, and hold no lock meanwhile."""
    pause = threading.Event()
    for _ in range(600):
        answer = db.session.scalar(found)
        db.session.rollback()
        if answer:
            return
        pause.wait(0.05)
    pytest.fail("it never came")


def letters_done(count):
    """Ask whether so many letters have gone out."""
    done = sa.select(sa.func.count() == count)
    return done.where(Job.kind == "mail", Job.done_at.is_not(None))


def test_worker_writes_down_that_it_lives(app):
    assert not is_at_work()

    beat()
    assert is_at_work()

    for minutes in (-11, 11):  # the second by a clock that was ahead
        save(db.session.get(Heartbeat, 1)).at = utcnow() + timedelta(minutes=minutes)
        db.session.commit()
        assert not is_at_work()


def test_two_workers_that_begin_at_once_have_one_heartbeat(app, race):
    assert race(beat, beat, beat) == [None] * 3
    assert is_at_work()


def test_worker_beats_before_its_first_job(app, monkeypatch):
    stop = threading.Event()
    seen = []

    def look(_payload):
        seen.append(is_at_work())
        stop.set()

    monkeypatch.setitem(jobs.handlers, "note", look)
    save(Job(kind="note", payload={}))

    Worker(app, stop).run()

    assert seen == [True]


def test_worker_takes_the_first_steps_once(app, monkeypatch):
    steps = []
    monkeypatch.setattr(worker, "first_steps", [lambda: steps.append("settled")])
    one = Worker(app, threading.Event())

    for _ in range(2):
        one.look_at = 0
        one._do_what_waits()

    assert steps == ["settled"]


def test_lost_database_is_one_line_and_looked_for_seldom(site_with, capsys):
    lost = site_with(SQLALCHEMY_DATABASE_URI="sqlite:////nowhere/at/all.sqlite3")
    one = Worker(lost, threading.Event())
    pauses = []

    for _ in range(8):
        one._round()
        pauses.append(one.pause)

    [line] = capsys.readouterr().err.splitlines()
    assert "out of reach" in json.loads(line)["message"]
    assert pauses == [2, 4, 8, 16, 30, 30, 30, 30]


def test_database_that_comes_back_is_worked_on(app, caplog):
    one = Worker(app, threading.Event())
    one.pause = worker.LONGEST_PAUSE_SECONDS
    caplog.set_level("INFO")

    one._round()

    assert one.pause == worker.PAUSE_SECONDS
    assert "the job table is back" in caplog.text


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_process_that_is_told_to_stop_finishes_its_letter(app, word):
    with mail_server(DATA="later") as server, jobs_process(app, server) as process:
        write(count=5)
        assert server.arrived.wait(30)
        process.send_signal(word)
        server.may_answer.set()

        assert process.wait(30) == 0

    tries = sa.select(Job.tries).where(Job.kind == "mail").order_by(Job.id)
    assert db.session.scalars(tries).all() == [1, 0, 0, 0, 0]
    assert db.session.scalar(letters_done(1))


def test_letter_of_a_killed_process_goes_out_by_the_next(app):
    with mail_server(DATA="silence") as hung, jobs_process(app, hung) as process:
        write()
        assert hung.arrived.wait(30)
        process.kill()
        process.wait()
    db.session.execute(sa.update(Job).values(run_at=utcnow()))  # the lease is over
    db.session.commit()

    with mail_server() as server, jobs_process(app, server):
        wait_until(letters_done(1))

    assert len(server.letters) == 1


def test_process_sends_all_that_waits_over_one_connection(app):
    write(count=5)

    with mail_server() as server, jobs_process(app, server):
        wait_until(letters_done(5))

    assert (server.talks, len(server.letters)) == (1, 5)


def test_two_processes_send_each_letter_once(app):
    write(count=30)

    with (
        mail_server() as server,
        jobs_process(app, server),
        jobs_process(app, server),
    ):
        wait_until(letters_done(30))

    assert len(server.letters) == 30
