"""Work that follows an answer: never before its commit, at least once, not for ever."""

import socketserver
import threading
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa

from lms.core import jobs
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import Job, enqueue, run_next
from lms.core.mail import deliver


@pytest.fixture
def done(monkeypatch):
    """What a job of the kind «note» wrote down."""
    notes = []
    monkeypatch.setitem(jobs.handlers, "note", lambda payload: notes.append(payload))
    return notes


def letter(number=1):
    return {
        "to": "anna@example.org",
        "subject": "Работу\r\nBcc: all@example.org зачли",
        "text": "Добрый день",
        "message_id": f"<{number}@tochka-sborki>",
    }


def test_job_of_a_change_that_was_undone_does_not_exist(app, done):
    enqueue("note", {"n": 1})
    db.session.rollback()

    assert not run_next()
    assert done == []


def test_job_is_done_once(app, done):
    enqueue("note", {"n": 1})
    db.session.commit()

    assert [run_next(), run_next()] == [True, False]
    assert done == [{"n": 1}]


def test_one_key_is_one_job(app, done):
    for _ in range(2):
        enqueue("note", {"n": 1}, key="one")
        db.session.commit()

    assert db.session.scalar(sa.select(sa.func.count(Job.id))) == 1


def test_letter_that_somebody_waits_for_overtakes_a_thousand(app, done):
    enqueue("note", {"n": "invitation"}, bulk=True)
    enqueue("note", {"n": "password"})
    db.session.commit()

    run_next()

    assert done == [{"n": "password"}]


def test_job_that_failed_is_tried_again_later(app, monkeypatch):
    def fail(_payload):
        raise OSError("no mail server")

    monkeypatch.setitem(jobs.handlers, "note", fail)
    enqueue("note", {})
    db.session.commit()

    assert [run_next(), run_next()] == [True, False]
    job = db.session.scalars(sa.select(Job)).one()
    assert "no mail server" in job.error
    assert job.run_at > utcnow()
    assert job.done_at is None


def test_job_of_a_worker_that_died_is_taken_again(app, done):
    enqueue("note", {"n": 1})
    db.session.commit()
    jobs._take()  # a worker took it and was killed
    assert not run_next()

    db.session.execute(sa.update(Job).values(run_at=utcnow() - timedelta(seconds=1)))
    db.session.commit()

    assert run_next()
    assert done == [{"n": 1}]


def test_two_workers_never_take_one_job(app, done):
    for number in range(10):
        enqueue("note", {"n": number})
    db.session.commit()

    def work():
        with app.app_context():
            while run_next():
                pass
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(note["n"] for note in done) == list(range(10))


def test_letter_is_kept_where_there_is_no_mail_server(app):
    deliver(letter())

    (path,) = (app.config["INSTANCE"] / "mail").glob("*.eml")
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["To"] == "anna@example.org"
    assert message["Bcc"] is None
    assert message.get_content().strip() == "Добрый день"


class MailServer(socketserver.StreamRequestHandler):
    """As much SMTP as one letter needs."""

    def handle(self):
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline():
            command = line[:4].upper().strip()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                text = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    text += part
                self.server.letters.append(text)
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")
            if command == b"QUIT":
                return


def test_letter_waits_for_a_lost_mail_server_and_goes_out_once(app):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), MailServer)
    server.letters = []
    port = server.server_address[1]
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    enqueue("mail", letter())
    db.session.commit()
    run_next()  # nobody listens on that port

    threading.Thread(target=server.serve_forever).start()
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
    db.session.execute(sa.update(Job).values(run_at=utcnow() - timedelta(seconds=1)))
    db.session.commit()
    run_next()
    run_next()
    server.shutdown()
    server.server_close()

    assert len(server.letters) == 1
