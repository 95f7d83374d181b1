"""A letter sent while somebody waits: the answer in words, whatever it is."""

from email.message import EmailMessage

import pytest

from lms.core import smtp
from lms.core.jobs import JobError
from lms.core.smtp import send_while_waiting
from tests.mail_server import ELSEWHERE, mail_server, own_certificate

SIGNED_IN = "//kurs:wrong@"


@pytest.fixture
def message():
    letter = EmailMessage()
    letter["From"], letter["To"] = "kurs@school.ru", "admin@school.ru"
    letter.set_content("Проверка")
    return letter


def test_answer_of_the_server_is_returned(message):
    with mail_server() as server:
        assert send_while_waiting(message, server.url) == "250 ok"

    [letter] = server.letters
    assert b"To: admin@school.ru" in letter


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"RCPT": "550 no such user"}, "сервер ответил: 550 no such user"),
        ({"MAIL": "530 sign in first"}, "сервер ответил: 530 sign in first"),
        ({"DATA": "554 spam"}, "сервер ответил: 554 spam"),
        ({"greeting": "554 go away"}, "сервер не пускает сайт (554 go away)"),
    ],
)
def test_refusal_is_told_as_the_server_said_it(message, answers, said):
    with mail_server(**answers) as server, pytest.raises(JobError) as refusal:
        send_while_waiting(message, server.url)

    assert str(refusal.value) == f"почтовый {said}"


@pytest.mark.parametrize("behaviour", ["silence", "slowly"])
def test_server_that_lingers_is_not_waited_for(message, behaviour, monkeypatch):
    monkeypatch.setattr(smtp, "WAITED_SECONDS", 0)

    with mail_server(DATA=behaviour) as server, pytest.raises(JobError, match="за 0"):
        send_while_waiting(message, server.url)


@pytest.mark.parametrize(
    ("extensions", "said"),
    [("250-hi\r\n250 AUTH PLAIN", "пароль не подошли: 535 no"), ("250 hi", "уберите")],
)
def test_password_that_is_wrong_or_needless_is_told(message, extensions, said):
    with (
        mail_server(EHLO=extensions, AUTH="535 no") as server,
        pytest.raises(JobError, match=said),
    ):
        send_while_waiting(message, server.url.replace("//", SIGNED_IN))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("smtp://127.0.0.1:1", "никто не отвечает"),
        ("smtp://no-such-name.invalid", "такого имени нет"),
    ],
)
def test_address_that_leads_nowhere_is_told(message, url, said):
    with pytest.raises(JobError, match=said):
        send_while_waiting(message, url)


def test_certificate_of_a_stranger_is_refused(message, tmp_path):
    tls = own_certificate(tmp_path)
    offer = "250-mail\r\n250 STARTTLS"

    with mail_server(tls, EHLO=offer, STAR="220 go on") as server:
        url = server.url.replace("127.0.0.1", ELSEWHERE)
        with pytest.raises(JobError, match="не подходит: он подписан сам собой"):
            send_while_waiting(message, url)

    assert server.letters == []


def test_server_beside_the_site_may_have_a_certificate_of_its_own(message, tmp_path):
    tls = own_certificate(tmp_path)
    offer = "250-mail\r\n250 STARTTLS"

    with mail_server(tls, EHLO=offer, STAR="220 go on") as server:
        send_while_waiting(message, server.url)

    assert len(server.letters) == 1


def test_password_goes_over_no_open_line(message):
    with mail_server(EHLO="250-mail\r\n250 AUTH PLAIN") as server:
        url = server.url.replace("//127.0.0.1", f"//me:secret@{ELSEWHERE}")
        with pytest.raises(JobError, match="пароль ему не послан"):
            send_while_waiting(message, url)

    assert server.letters == []


def test_server_without_tls_is_told(message):
    with mail_server() as server, pytest.raises(JobError, match="защищённого"):
        send_while_waiting(message, server.url.replace("smtp:", "smtps:"))
