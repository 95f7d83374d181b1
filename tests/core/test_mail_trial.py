"""A letter sent while somebody waits: the answer in words, whatever it is."""

from email.message import EmailMessage

import pytest

from lms.core.mail_trial import TrialError, try_server
from tests.mail_server import mail_server


@pytest.fixture
def message():
    letter = EmailMessage()
    letter["From"], letter["To"] = "kurs@school.ru", "admin@school.ru"
    letter.set_content("Проверка")
    return letter


def test_answer_of_the_server_is_returned(message):
    with mail_server() as server:
        assert try_server(message, server.url) == "250 ok queued as 7"

    [letter] = server.letters
    assert b"To: admin@school.ru" in letter


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"RCPT": "550 no such user"}, "адрес не принят (550 no such user)"),
        ({"MAIL": "530 sign in first"}, "530 sign in first"),
        ({"DATA": "554 spam"}, "554 spam"),
        ({"greeting": "554 go away"}, "554 go away"),
    ],
)
def test_refusal_is_told_as_the_server_said_it(message, answers, said):
    with mail_server(**answers) as server, pytest.raises(TrialError) as refusal:
        try_server(message, server.url)

    assert str(refusal.value) == said


def test_server_that_does_not_answer_is_left(message):
    silent = pytest.raises(TrialError, match="не отвечает")

    with mail_server(greeting="silence") as server, silent:
        try_server(message, server.url, seconds=0.2)


def test_wrong_password_is_told(message):
    refused = pytest.raises(TrialError, match=r"пароль не подошли \(535 no\)")

    with mail_server(EHLO="250-hi\r\n250 AUTH PLAIN", AUTH="535 no") as server, refused:
        try_server(message, server.url.replace("//", "//kurs:wrong@"))


def test_password_that_nobody_asks_for_is_told(message):
    with mail_server() as server, pytest.raises(TrialError, match="не спрашивает"):
        try_server(message, server.url.replace("//", "//kurs:wrong@"))


def test_port_on_which_nobody_listens_is_told(message):
    with pytest.raises(TrialError, match="соединение не принято"):
        try_server(message, "smtp://127.0.0.1:1")


def test_server_without_tls_is_told(message):
    with mail_server() as server, pytest.raises(TrialError, match="защищённое"):
        try_server(message, server.url.replace("smtp:", "smtps:"))
