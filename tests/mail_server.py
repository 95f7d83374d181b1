"""A mail server on this machine that answers as a test tells it to."""

import socketserver
import ssl
import subprocess
import threading
from contextlib import contextmanager

# An answer that begins so says that the letter was not taken.
REFUSALS = ("4", "5")
READY = {"greeting": "220 ready", "DATA": "250 ok", "QUIT": "221 bye"}


# A name of this machine that is none of the loopback's, as far as the site can tell.
ELSEWHERE = "0.0.0.0"


def own_certificate(folder):
    """Return a certificate that a server has signed for itself, as a TLS context."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    words += ["-subj", "/CN=mail", "-keyout", key, "-out", certificate]
    subprocess.run(words, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


class Talk(socketserver.StreamRequestHandler):
    """One connection; it notes how many there were and which letters came."""

    def handle(self):
        self.server.talks += 1
        if not self.say("greeting"):
            return
        while line := self.rfile.readline():
            command = line[:4].decode().upper().strip()
            if command == "DATA" and not self.take_letter():
                return
            if command != "DATA" and not self.say(command):
                return
            if command == "STAR" and self.server.tls:
                self.begin_tls()
            if command == "QUIT":
                return

    def begin_tls(self):
        """Go on under TLS; who refuses the certificate hangs up."""
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.setup()

    def finish(self):
        super().finish()
        self.request.close()

    def take_letter(self):
        self.wfile.write(b"354 go on\r\n")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line)
        if not self.server.answers["DATA"].startswith(REFUSALS):
            self.server.letters.append(b"".join(lines))
        self.server.arrived.set()
        return self.say("DATA")

    def say(self, command):
        """Answer, or say nothing until the test is over; tell whether to go on."""
        answer = self.server.answers.get(command, "250 ok")
        if answer == "silence":
            self.server.is_over.wait()
            return False
        if answer == "slowly":
            return self.drip()
        if answer == "later":
            self.server.may_answer.wait()
            answer = "250 ok"
        self.wfile.write(f"{answer}\r\n".encode())
        return True

    def drip(self):
        """Send a greeting that never ends, one sign now and then."""
        while not self.server.is_over.wait(0.02):
            try:
                self.wfile.write(b"2")
            except OSError:
                break
        return False


class MailServer(socketserver.ThreadingTCPServer):
    """Answers each command with a line, or by «silence», «slowly» or «later»."""

    daemon_threads = True

    def __init__(self, answers, tls=None):
        super().__init__(("127.0.0.1", 0), Talk)
        self.tls = tls
        self.answers = READY | answers
        self.letters = []
        self.talks = 0
        self.arrived = threading.Event()
        self.may_answer = threading.Event()
        self.is_over = threading.Event()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def mail_server(tls=None, **answers):
    """Run a mail server; by default it takes every letter."""
    with MailServer(answers, tls) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.is_over.set()
            server.may_answer.set()
            server.shutdown()
            thread.join()
