"""A connection to the mail server that is never held for long."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote, urlsplit

# From one byte to the next, until the first letter may be sent, and for a goodbye.
SILENCE_SECONDS = 20
OPENING_SECONDS = 30
PARTING_SECONDS = 5
# Answers from here on say that another try would end in the same way.
FINAL = 500
# Answers to a letter that mean yes, whatever the last digit (RFC 5321, 4.2.1).
YES = {*range(200, 210), *range(250, 260)}
# What ends a letter.
END = b"\r\n.\r\n"
TROUBLES = (OSError, smtplib.SMTPException)


class Server(smtplib.SMTP):
    """A connection that is hung up when it takes too long.

    A timeout counts from byte to byte, so a server that sends one now and then would
    hold the jobs for ever. The alarm ends the conversation on a handle of its own,
    because TLS takes the first one over.
    """

    line: socket.socket | None = None
    alarm: threading.Timer | None = None
    # What was said to the last letter; `send_message` returns refusals only.
    answer: tuple[int, bytes] = (0, b"")
    # Whether the server has the last letter to its end, whatever it says.
    has_all = False

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        self.has_all = False
        return super().mail(sender, options)

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, said = self.answer = super().data(msg)
        return (250 if code in YES else code), said

    def send(self, s: Any) -> None:
        super().send(s)
        if isinstance(s, bytes):  # a letter; commands are text, also those after it
            self.has_all = s.endswith(END)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        made: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self.line = made.dup()
        self.set_alarm(OPENING_SECONDS)
        return made

    def set_alarm(self, seconds: float) -> None:
        """Hang up after so many seconds, unless the alarm is set anew."""
        self.stop_alarm()
        self.alarm = threading.Timer(seconds, self._hang_up)
        self.alarm.daemon = True
        self.alarm.start()

    def stop_alarm(self) -> None:
        if self.alarm:
            self.alarm.cancel()

    def close(self) -> None:
        super().close()
        self.stop_alarm()
        if self.line:
            self.line.close()

    def _hang_up(self) -> None:
        with suppress(OSError):
            if self.line:
                self.line.shutdown(socket.SHUT_RDWR)


class TlsServer(smtplib.SMTP_SSL, Server):
    """The same, with TLS from the first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        try:
            return super()._get_socket(host, port, timeout)
        except OSError:
            self.close()  # where TLS fails, nobody else knows of the handle
            raise


class OpenLineError(smtplib.SMTPException):
    """The password would go over a line that anybody on the way can read."""


def connect(url: str) -> Server:
    """`smtp://user:password@host:587` uses STARTTLS where offered; `smtps://` TLS.

    The certificate must be that of the host, by the authorities of this machine or of
    `SSL_CERT_FILE`. A server beside the site may have its own: nobody is on the way.
    """
    parts = urlsplit(url)
    host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
    port = parts.port or (465 if secure else 25)
    trusted = ssl.create_default_context()
    server = (
        TlsServer(host, port, timeout=SILENCE_SECONDS, context=trusted)
        if secure
        else Server(host, port, timeout=SILENCE_SECONDS)
    )
    is_beside = _is_beside(host)
    try:
        server.ehlo_or_helo_if_needed()
        if not secure and server.has_extn("starttls"):
            server.starttls(context=None if is_beside else trusted)
        elif not secure and parts.username and not is_beside:
            raise OpenLineError
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except TROUBLES:
        server.close()
        raise
    server.stop_alarm()
    return server


def _is_beside(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def part(server: Server) -> None:
    """Say goodbye; what a server says to that changes nothing any more."""
    with suppress(*TROUBLES):
        server.set_alarm(PARTING_SECONDS)
        server.quit()
    server.close()


def is_alive(server: Server) -> bool:
    """Ask before each letter: what breaks off here has sent nothing twice."""
    try:
        server.set_alarm(PARTING_SECONDS)
        return server.noop()[0] < FINAL
    except TROUBLES:
        return False
    finally:
        server.stop_alarm()
