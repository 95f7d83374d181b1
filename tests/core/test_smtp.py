"""A mail server that refuses, stays silent, lingers or goes away."""

import socket
import ssl
import threading
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from lms.core import mail_server, smtp
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.core.jobs import Delivery, Job, enqueue
from lms.core.mail_server import connect
from lms.core.smtp import one_connection
from tests.mail_server import mail_server as serve


@pytest.fixture
def hurry(monkeypatch):
    """Wait for no server longer than a moment."""
    monkeypatch.setattr(smtp, "LETTER_SECONDS", 0.3)
    for name in ("SILENCE", "OPENING", "PARTING"):
        monkeypatch.setattr(mail_server, f"{name}_SECONDS", 0.3)


@pytest.fixture
def write(app, hurry):
    """Return a function that has letters written, and gives their jobs."""

    def put_in_queue(count=1):
        for number in range(count):
            letter = {"to": f"{number}@school.ru", "subject": "Тема", "text": "Текст"}
            enqueue("mail", letter | {"message_id": f"<{number}@x>"})
        db.session.commit()
        return db.session.scalars(sa.select(Job).order_by(Job.id)).all()

    return put_in_queue


@contextmanager
def serving(app, **answers):
    """Let the site send its letters to a server with these answers."""
    with serve(**answers) as server:
        app.config["SMTP_URL"] = server.url
        yield server


def send_all():
    while run_next():
        pass
    db.session.expire_all()


def test_letter_that_the_server_took_has_gone(app, write):
    [job] = write()

    with serving(app) as server:
        send_all()

    assert len(server.letters) == 1
    assert (job.delivery, job.letter_state) == (Delivery.SENT, "ушло")
    assert job.payload == {}


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_answer_of_5xx_to_a_letter_is_final_at_once(app, write, command):
    [job] = write()

    with serving(app, **{command: "550 5.1.1 нет такого"}):
        send_all()

    assert (job.tries, job.parked_at is None) == (1, False)
    said = "не уходит: почтовый сервер ответил: 550 5.1.1 нет такого"
    assert job.letter_state == said
    assert job.payload["to"] == "0@school.ru"


@pytest.mark.parametrize(
    ("command", "answer"),
    [("MAIL", "553 5.7.1 не ваш адрес"), ("RCPT", "530 5.7.0 нужен пароль")],
)
def test_answer_of_5xx_about_the_settings_loses_no_letter(app, write, command, answer):
    [job] = write()

    with serving(app, **{command: answer}):
        send_all()

    assert job.parked_at is None
    assert answer in job.error


@pytest.mark.parametrize("answer", ["999 x", "noise", "250 " + "x" * 10_000])
@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
def test_noise_instead_of_an_answer_is_tried_again(app, write, command, answer):
    [job] = write()

    with serving(app, **{command: answer}):
        send_all()

    assert job.parked_at is None
    assert job.run_at > utcnow()


def test_server_that_takes_a_letter_and_hangs_gets_it_twice_at_most(app, write):
    [job] = write()

    with serving(app, DATA="silence") as server:
        for _ in range(4):
            send_all()
            job.run_at = utcnow()
            db.session.commit()

    assert len(server.letters) == 2
    assert job.parked_at
    assert "оно могло уйти" in job.error


@pytest.mark.parametrize(
    "answer", ["", "noise", "100 x", "354 more", "999 x", "250 " + "x" * 10_000]
)
def test_noise_after_a_letter_sends_it_twice_at_most(app, write, answer):
    [job] = write()

    with serving(app, DATA=answer) as server, one_connection():
        for _ in range(4):
            send_all()
            job.run_at = utcnow()
            db.session.commit()

    assert len(server.letters) == 2
    assert job.parked_at
    assert "оно могло уйти" in job.error


@pytest.mark.parametrize("answer", ["200 ok", "251 ok", "252 ok"])
def test_any_yes_to_a_letter_is_a_yes(app, write, answer):
    [job] = write()

    with serving(app, DATA=answer) as server:
        send_all()

    assert len(server.letters) == 1
    assert (job.tries, job.delivery) == (1, Delivery.SENT)


def test_letter_after_one_that_went_is_not_taken_for_gone(app, write):
    jobs = write(count=2)

    with serving(app) as server, one_connection():
        run_next()
        server.answers["MAIL"] = "silence"
        send_all()

    assert jobs[0].done_at
    assert "прервал разговор" in jobs[1].error


def test_noise_about_an_address_is_told_in_words(app, write):
    [job] = write()

    with serving(app, RCPT="noise"):
        send_all()

    assert "отвечает не по правилам почты" in job.error


def test_server_that_hangs_before_the_end_of_a_letter_is_tried_as_ever(app, write):
    [job] = write()

    with serving(app, RCPT="silence"):
        for _ in range(3):
            send_all()
            job.run_at = utcnow()
            db.session.commit()

    assert (job.tries, job.parked_at) == (3, None)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("550 no\x00such", "550 nosuch"),
        ("550 \x1b[31mred", "550 [31mred"),
        ("450 \u202elater", "450 later"),
    ],
)
def test_signs_that_nobody_sees_are_left_out_of_an_answer(app, write, answer, said):
    [job] = write()

    with serving(app, RCPT=answer):
        send_all()

    assert job.error == f"почтовый сервер ответил: {said}"
    assert (job.tries, job.parked_at is None) == (1, answer.startswith("4"))


@pytest.mark.parametrize(
    "address", ["a@школа..рф", "a@-школа.рф", "a@шко_ла.рф", f"a@{'ш' * 80}.рф"]
)
def test_address_that_nobody_can_have_is_final(app, write, address):
    [job] = write()
    job.payload = job.payload | {"to": address}
    db.session.commit()

    with serving(app) as server:
        send_all()

    assert job.parked_at
    assert "такого адреса почты не бывает" in job.error
    assert server.letters == []


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_answer_of_4xx_is_tried_again_later(app, write, command):
    [job] = write()

    with serving(app, **{command: "451 4.7.1 позже"}):
        send_all()

    assert job.parked_at is None
    assert job.run_at > utcnow()
    assert "451 4.7.1 позже" in job.error


@pytest.mark.parametrize("answer", ["554 not now", "421 busy", "garbage"])
def test_server_that_lets_nobody_in_loses_no_letter(app, write, answer):
    [job] = write()

    with serving(app, greeting=answer):
        send_all()

    assert job.parked_at is None
    assert "не пускает сайт" in job.error


@pytest.mark.parametrize("behaviour", ["silence", "slowly"])
@pytest.mark.parametrize("command", ["greeting", "EHLO", "MAIL", "DATA"])
def test_server_that_lingers_is_hung_up_on(app, write, behaviour, command):
    [job] = write()

    with serving(app, **{command: behaviour}):
        send_all()

    assert job.error
    assert job.run_at > utcnow()


def test_letters_of_a_run_go_over_one_connection(app, write):
    write(count=5)

    with serving(app) as server, one_connection():
        send_all()

    assert (server.talks, len(server.letters)) == (1, 5)


def test_refused_letter_does_not_break_the_connection(app, write):
    jobs = write(count=3)

    with serving(app, RCPT="550 no") as server, one_connection():
        run_next()
        server.answers["RCPT"] = "250 ok"
        send_all()

    assert (server.talks, len(server.letters)) == (1, 2)
    assert [bool(job.parked_at) for job in jobs] == [True, False, False]


def test_connection_that_broke_is_made_anew(app, write):
    write(count=2)

    with serving(app) as server, one_connection():
        run_next()
        smtp._run.server.line.shutdown(socket.SHUT_RDWR)
        send_all()

    assert (server.talks, len(server.letters)) == (2, 2)


def test_server_that_is_away_is_asked_once_a_run(app, write):
    jobs = write(count=3)

    with serving(app, greeting="silence") as server, one_connection():
        send_all()

    assert server.talks == 1
    assert all("не пускает сайт" in job.error for job in jobs)


def test_answer_to_the_farewell_changes_nothing(app, write):
    [job] = write()

    with serving(app, QUIT="500 what") as server:
        send_all()

    assert len(server.letters) == 1
    assert job.done_at


def test_page_never_waits_for_the_mail_server(app, guest, member):
    with serving(app, greeting="silence") as server:
        guest.post("/accounts/forgot", data={"email": member.email})

    assert server.talks == 0
    assert db.session.scalar(sa.select(Job.kind)) == "password link"


def test_failed_tls_leaves_neither_a_line_nor_an_alarm_behind():
    with serve() as server:
        with pytest.raises(ssl.SSLError):
            connect(server.url.replace("smtp://", "smtps://"))

        alarms = [t for t in threading.enumerate() if isinstance(t, threading.Timer)]

    assert [alarm for alarm in alarms if not alarm.finished.is_set()] == []
