"""Work that follows an answer: never before its commit, at least once, not for ever."""

import threading
from datetime import timedelta
from email import message_from_bytes, policy
from functools import partial

import pytest
import sqlalchemy as sa

from lms.core import job_tries, jobs
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.job_tries import MOST_TRIES, PAUSES, call_back, run_next, try_again
from lms.core.jobs import FinalError, Job, JobError, enqueue
from lms.core.mail import deliver, letter_job
from tests.mail_server import mail_server


@pytest.fixture
def done(monkeypatch):
    """What a job of the kind «note» wrote down."""
    notes = []
    monkeypatch.setitem(jobs.handlers, "note", notes.append)
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


def test_password_and_invitation_go_before_a_thousand_digests(app, monkeypatch):
    went = []
    for kind in ("digest", "newcomer letter", "password link"):
        note = partial(lambda kind, _payload: went.append(kind), kind)
        monkeypatch.setitem(jobs.handlers, kind, note)
        enqueue(kind, {}, bulk=kind != "password link")
    db.session.commit()

    while run_next():
        pass

    assert went == ["password link", "newcomer letter", "digest"]


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


def fail_again(error, times=1):
    """Let a job fail, and its next try come at once, as often as said."""

    def fail(_payload):
        raise error

    jobs.handlers["note"] = fail
    for _ in range(times):
        db.session.execute(sa.update(Job).values(run_at=utcnow()))
        db.session.commit()
        run_next()
    return db.session.scalars(sa.select(Job)).one()


def test_job_is_tried_for_two_days_and_no_longer(app, done):
    enqueue("note", {"n": 1})

    job = fail_again(JobError("сервер молчит"), times=MOST_TRIES - 1)
    assert job.parked_at is None
    assert timedelta(hours=44) < sum(PAUSES, timedelta()) <= timedelta(hours=48)

    job = fail_again(JobError("сервер молчит"), times=2)
    assert (job.tries, job.error) == (MOST_TRIES, "сервер молчит")
    assert job.parked_at
    assert job.payload == {"n": 1}


def test_job_that_can_never_be_done_is_parked_at_once(app, done):
    enqueue("note", {"n": 1})

    job = fail_again(FinalError("такого адреса нет"))

    assert (job.tries, job.error) == (1, "такого адреса нет")
    assert job.parked_at


def test_job_that_no_release_knows_is_parked(app):
    enqueue("of another release", {})
    db.session.commit()

    assert [run_next(), run_next()] == [True, False]
    job = db.session.scalars(sa.select(Job)).one()
    assert job.parked_at
    assert "of another release" in job.error


def test_job_that_takes_its_worker_down_each_time_is_parked(app, done):
    enqueue("note", {"n": 1})
    db.session.execute(sa.update(Job).values(tries=MOST_TRIES))
    db.session.commit()

    run_next()

    assert done == []
    assert "обрывался" in db.session.scalars(sa.select(Job)).one().error


def test_parked_job_is_tried_when_an_admin_asks(app, done, monkeypatch):
    enqueue("note", {"n": 1})
    fail_again(FinalError("ящик полон"))
    monkeypatch.setitem(jobs.handlers, "note", done.append)

    try_again(Job.kind == "note")
    db.session.commit()

    assert run_next()
    assert done == [{"n": 1}]


def test_what_a_done_job_held_is_forgotten(app, done):
    enqueue("note", {"link": "https://…/reset/secret"})
    db.session.commit()

    run_next()

    assert done
    assert db.session.scalar(sa.select(Job.payload)) == {}


def test_known_trouble_is_one_line_of_the_log(app, done, caplog):
    enqueue("note", {"n": 1})

    fail_again(JobError("сервер молчит"))

    [record] = caplog.records
    assert "сервер молчит" in record.message
    assert record.exc_info is None


def test_job_of_a_worker_that_died_is_taken_again(app, done):
    enqueue("note", {"n": 1})
    db.session.commit()
    job_tries._take()  # a worker took it and was killed
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
    assert message.get_body(("plain",)).get_content().strip() == "Добрый день"


def test_letter_waits_for_a_lost_mail_server_and_goes_out_once(app):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    enqueue("mail", letter())
    db.session.commit()
    run_next()  # nobody listens on that port

    with mail_server() as server:
        app.config["SMTP_URL"] = server.url
        db.session.execute(sa.update(Job).values(run_at=utcnow()))
        db.session.commit()
        run_next()
        run_next()

    assert len(server.letters) == 1


@pytest.fixture
def noted(monkeypatch):
    """Return a function that names a kind of letters, and what hears that they left."""
    for registry in (jobs.handlers, jobs.titles):
        monkeypatch.setitem(registry, "noted", None)
    monkeypatch.setattr(jobs, "letter_kinds", set(jobs.letter_kinds))

    def name(after):
        letter_job("noted", "Письмо с отметкой", after=after)(lambda _: letter())

    return name


def test_letter_that_has_left_and_is_not_noted_goes_once(app, noted, caplog):
    def fail(_letter):
        raise sa.exc.IntegrityError("", {}, ValueError("nobody"))

    noted(fail)
    enqueue("noted", {})
    db.session.commit()

    with mail_server() as server:
        app.config["SMTP_URL"] = server.url
        run_next()
        db.session.execute(sa.update(Job).values(run_at=utcnow()))
        db.session.commit()
        run_next()

    assert len(server.letters) == 1
    assert db.session.scalar(sa.select(Job.done_at))
    assert "has left and is not noted" in caplog.text


def test_letters_that_wait_by_a_clock_that_was_ahead_go_now(app, monkeypatch):
    a_year_ahead = utcnow() + timedelta(days=365)
    for module in (jobs, job_tries):
        monkeypatch.setattr(module, "utcnow", lambda: a_year_ahead)
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    enqueue("mail", letter())
    db.session.commit()
    run_next()  # put off by a minute of that year
    enqueue("mail", letter())
    db.session.commit()
    monkeypatch.undo()

    with mail_server() as server:
        app.config["SMTP_URL"] = server.url
        assert call_back() == 2
        while run_next():
            pass

    assert len(server.letters) == 2


def test_letter_that_nobody_tried_does_not_wait_by_a_clock_that_was_ahead(app):
    enqueue("mail", letter(), run_at=utcnow() + timedelta(hours=3))
    enqueue("mail", letter(), run_at=utcnow() + timedelta(seconds=30))
    db.session.commit()

    assert call_back() == 1
    assert run_next()


def test_jobs_that_wait_for_their_moment_or_their_next_try_go_on_waiting(app):
    kinds = ("erase person", "erasure tomorrow", "release", "release_check")
    for kind in kinds:
        enqueue(kind, {}, run_at=utcnow() + timedelta(days=30))
    enqueue("note", {}, run_at=utcnow() + max(PAUSES))
    enqueue("mail", {}, key="tried", run_at=utcnow() + max(PAUSES))
    db.session.execute(sa.update(Job).where(Job.key == "tried").values(tries=1))
    db.session.commit()

    assert call_back() == 0
