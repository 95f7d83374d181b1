"""A letter sent while somebody waits: what the mail server says, within seconds."""

import smtplib
import socket
import ssl
import threading
from email.message import EmailMessage
from queue import Empty, SimpleQueue
from urllib.parse import unquote, urlsplit

SECONDS = 5
SILENT = "сервер не отвечает"
Answer = tuple[int, bytes]


class TrialError(Exception):
    """The server did not take the letter; the text is shown as it is."""


class _Server(smtplib.SMTP):
    """Remembers what was said of the letter; `send_message` tells only refusals."""

    answer: Answer = (0, b"")

    def data(self, msg: str | bytes) -> Answer:  # type: ignore[override]
        self.answer = super().data(msg)
        return self.answer


class _TlsServer(_Server, smtplib.SMTP_SSL):
    """The same where TLS comes before the first word."""


def try_server(message: EmailMessage, url: str, *, seconds: float = SECONDS) -> str:
    """Hand over a letter and return the answer, or raise `TrialError`.

    Each step of the talk has its own timeout, and a server may be slow at every
    step, so a thread talks: whoever waits hears after `seconds` that it was in vain.
    """
    heard: SimpleQueue[str | Exception] = SimpleQueue()

    def talk() -> None:
        try:
            heard.put(_in_words(*_hand_over(message, url, seconds)))
        except (OSError, smtplib.SMTPException) as error:
            heard.put(error)

    threading.Thread(target=talk, daemon=True).start()
    try:
        answer = heard.get(timeout=seconds)
    except Empty:
        raise TrialError(SILENT) from None
    if isinstance(answer, Exception):
        raise TrialError(_reason(answer))
    return answer


def _hand_over(message: EmailMessage, url: str, seconds: float) -> Answer:
    parts = urlsplit(url)
    host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
    connect = _TlsServer if secure else _Server
    port = parts.port or (465 if secure else 25)
    with connect(host, port, timeout=seconds) as server:
        server.ehlo_or_helo_if_needed()
        if not secure and server.has_extn("starttls"):
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
        return server.answer


def _in_words(code: int, said: bytes | str) -> str:
    words = said if isinstance(said, str) else said.decode(errors="replace")
    return f"{code} {' '.join(words.split())}"[:300]


def _reason(error: Exception) -> str:
    match error:
        case smtplib.SMTPAuthenticationError():
            answer = _in_words(error.smtp_code, error.smtp_error)
            return f"имя или пароль не подошли ({answer})"
        case smtplib.SMTPRecipientsRefused():
            first = next(iter(error.recipients.values()))
            return f"адрес не принят ({_in_words(*first)})"
        case smtplib.SMTPResponseException():
            return _in_words(error.smtp_code, error.smtp_error)
        case smtplib.SMTPNotSupportedError():
            return "сервер не спрашивает пароль, уберите его из SMTP_URL"
        case socket.gaierror():
            return "такого сервера нет, проверьте имя"
        case ssl.SSLError():
            return "не получилось защищённое соединение, проверьте smtp:// или smtps://"
        case TimeoutError():
            return SILENT
        case ConnectionRefusedError():
            return "соединение не принято, проверьте имя и порт"
    return f"{type(error).__name__}: {error}"[:300]
