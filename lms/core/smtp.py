"""Letters are handed over: those of a run over one connection, none for long.

An answer of 5xx to a letter or its reader is final, and everything else is tried
again, but only once more where the server may have taken the letter. An answer of 5xx
to the site or to the sender is about the settings, not about the letter: it is tried
again too, so that what was mistyped for an hour loses nothing.
"""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from queue import Empty, SimpleQueue

from lms.core.fields import one_line
from lms.core.jobs import FinalError, JobError, UncertainError
from lms.core.language import plural
from lms.core.mail_server import (
    FINAL,
    TROUBLES,
    OpenLineError,
    Server,
    connect,
    is_alive,
    part,
)

# For a letter; with the time to open a connection less than the lease of a job.
LETTER_SECONDS = 60
# How long a person waits who sends one letter to see what the server says.
WAITED_SECONDS = 10
LONGEST_ANSWER = 300
# Numbers of answers from here on are refusals, and from there on mean nothing.
LATER = 400
NO_ANSWER = 600
# The server asks for a password, or for another way to give it.
SIGN_IN = {530, 534, 535, 538}
# What smtplib says itself, as text; what a server says is bytes.
TOO_LONG = "Line too long."
TAKEN = "почтовый сервер взял письмо и не ответил, оно могло уйти"
STRANGE = "сервер отвечает не по правилам почты"
# What OpenSSL finds wrong, by its numbers.
CERTIFICATES = {
    10: "срок истёк",
    18: "он подписан сам собой",
    19: "он подписан сам собой",
    20: "неизвестно, кто его выдал",
    62: "он выдан другому имени",
    64: "он выдан другому имени",
}


class Run(threading.local):
    """What a worker keeps between one letter and the next."""

    is_on = False
    server: Server | None = None
    # Why the server could not be reached: the other letters need not wait as long.
    trouble: JobError | None = None


_run = Run()


@contextmanager
def one_connection() -> Iterator[None]:
    """Send all letters of this thread over one connection, as far as it holds."""
    _run.is_on = True
    try:
        yield
    finally:
        server = _run.server
        _run.is_on, _run.server, _run.trouble = False, None, None
        if server:
            part(server)


def send(message: EmailMessage, url: str) -> str:
    """Hand over one letter and return the answer, or say why it was not taken."""
    server = _reach(url)
    server.set_alarm(LETTER_SECONDS)
    try:
        server.send_message(message)
        return _answer(*server.answer)
    except TROUBLES as error:
        raise _refusal(error, has_all=server.has_all) from None
    finally:
        server.stop_alarm()
        if not _run.is_on:
            part(server)


def send_while_waiting(message: EmailMessage, url: str) -> str:
    """Send a letter for somebody who waits for the answer, and not for long.

    A server may be slow at every step, so a thread talks. It hangs up by itself.
    """
    heard: SimpleQueue[str | JobError] = SimpleQueue()

    def talk() -> None:
        try:
            heard.put(send(message, url))
        except JobError as refusal:
            heard.put(refusal)

    threading.Thread(target=talk, daemon=True).start()
    try:
        answer = heard.get(timeout=WAITED_SECONDS)
    except Empty:
        seconds = plural(WAITED_SECONDS, "секунду", "секунды", "секунд")
        raise JobError(f"почтовый сервер не ответил за {seconds}") from None
    if isinstance(answer, JobError):
        raise answer
    return answer


def in_words(error: Exception) -> str:
    """Return what went wrong, with the answer of the server if there was one."""
    match error:
        case smtplib.SMTPAuthenticationError():
            said = _answer(error.smtp_code, error.smtp_error)
            return f"имя или пароль не подошли: {said}"
        case smtplib.SMTPRecipientsRefused():
            refusal = next(iter(error.recipients.values()))
            return in_words(smtplib.SMTPResponseException(*refusal))
        case smtplib.SMTPResponseException() if not _is_answer(error):
            return STRANGE
        case smtplib.SMTPResponseException():
            return _answer(error.smtp_code, error.smtp_error)
        case smtplib.SMTPNotSupportedError():
            return "сервер не спрашивает пароль, уберите его из SMTP_URL"
        case smtplib.SMTPServerDisconnected():
            return "соединение оборвалось"
        case socket.gaierror():
            return "такого имени нет"
        case ConnectionRefusedError():
            return "на этом порту никто не отвечает"
        case TimeoutError():
            return "ответа нет"
        case OpenLineError():
            return "сервер не шифрует соединение, пароль ему не послан: нужен smtps://"
        case ssl.SSLCertVerificationError():
            why = CERTIFICATES.get(error.verify_code, error.verify_message)
            return f"сертификат почтового сервера не подходит: {why}"
        case ssl.SSLError():
            return "не вышло защищённого соединения, проверьте smtp:// или smtps://"
        case smtplib.SMTPException() if type(error) is smtplib.SMTPException:
            return "сервер не знает способов входа, которые есть у сайта"
    return str(getattr(error, "strerror", None) or error or type(error).__name__)


def _is_answer(error: smtplib.SMTPResponseException) -> bool:
    """Tell an answer from noise, and from a line that smtplib itself gave up on."""
    return 200 <= error.smtp_code < NO_ANSWER and error.smtp_error != TOO_LONG


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {one_line(text)}"[:LONGEST_ANSWER]


def _reach(url: str) -> Server:
    """Go on with the connection of this run, or make one."""
    if _run.server:
        if is_alive(_run.server):
            return _run.server
        _run.server.close()
        _run.server = None
    if _run.trouble:
        raise _run.trouble
    try:
        server = connect(url)
    except TROUBLES as error:
        trouble = JobError(f"почтовый сервер не пускает сайт ({in_words(error)})")
        _run.trouble = trouble if _run.is_on else None
        raise trouble from None
    if _run.is_on:
        _run.server = server
    return server


def _refusal(error: Exception, *, has_all: bool) -> JobError:
    """Tell an answer that is final from one that is not, and from none.

    A server that hangs up, or says neither yes nor no, when it has the whole letter has
    mostly taken it (RFC 5321, 4.5.3.2.6): who goes on trying fills somebody's mailbox.
    """
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return FinalError("почтовый сервер не знает адресов с русскими буквами")
    said = in_words(error)
    code = said.partition(" ")[0]
    is_refusal = code.isdecimal() and int(code) >= LATER
    if has_all and not is_refusal:
        return UncertainError(TAKEN)
    if not code.isdecimal():
        return JobError(f"почтовый сервер прервал разговор ({said})")
    about_letter = isinstance(
        error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError
    )
    is_final = (
        about_letter and FINAL <= int(code) < NO_ANSWER and int(code) not in SIGN_IN
    )
    kind = FinalError if is_final else JobError
    return kind(f"почтовый сервер ответил: {said}")
