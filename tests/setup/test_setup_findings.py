"""What a look at the settings says."""

import socketserver
import threading
from datetime import timedelta

import pytest

from lms.core.database import utcnow
from lms.core.worker import Heartbeat, beat
from lms.course.content.course import Organiser
from lms.setup.findings import findings
from tests.conftest import save
from tests.sample_course import COURSE, store_course


class MailServer(socketserver.StreamRequestHandler):
    """Says what a mail server says to a greeting and to a farewell."""

    def handle(self):
        self.wfile.write(b"220 mail.example.org\r\n")
        for line in self.rfile:
            self.wfile.write(b"221 Bye\r\n" if b"QUIT" in line else b"250 OK\r\n")


@pytest.fixture
def mail_url():
    """The address of a mail server that answers."""
    with socketserver.TCPServer(("127.0.0.1", 0), MailServer) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def found(app, **settings):
    """Return the sentences about what is fine and about what is needed."""
    app.config.update(settings)
    said = list(findings(app.config))
    return [
        "\n".join(finding.sentence for finding in said if finding.is_fine is fine)
        for fine in (True, False)
    ]


def test_new_site_learns_what_it_needs(app):
    _, needed = found(app)

    for word in (
        "LMS_ENV",
        "LMS_URL",
        "TLS",
        "SMTP_URL",
        "LMS_MAIL_FROM",
        "Организатор",
    ):
        assert word in needed
    assert "LMS_BACKUPS" in needed


def test_finished_site_needs_nothing(app, mail_url, tmp_path):
    organiser = Organiser(name="Центр", email="kurs@school.ru")
    store_course(COURSE.model_copy(update={"organiser": organiser}))
    beat()

    fine, needed = found(
        app,
        LMS_PRODUCTION=True,
        LMS_URL="https://course.school.ru",
        LMS_PROXIES=1,
        LMS_MAIL_FROM="kurs@school.ru",
        SMTP_URL=mail_url,
        LMS_BACKUPS=tmp_path / "backups",
    )

    assert needed == ""
    for word in ("Адрес", "TLS", "Прокси", "Ключ", "Почта", "пояс", "Папка", "База"):
        assert word in fine
    assert "Копии: каждую ночь" in fine
    assert "Центр, kurs@school.ru" in fine


def test_forgotten_proxy_is_named(app):
    assert "LMS_PROXIES=1" in found(app, LMS_URL="https://course.school.ru")[1]


def test_silent_mail_server_is_named(app):
    assert "SMTP_URL не принимает" in found(app, SMTP_URL="smtp://127.0.0.1:1")[1]


def test_folder_that_others_can_read_is_named(app):
    app.config["INSTANCE"].chmod(0o755)

    assert "chmod -R go=" in found(app)[1]


def test_folder_of_backups_that_takes_nothing_is_named(app, tmp_path):
    (tmp_path / "taken").write_text("a file where a folder should be")

    _, needed = found(app, LMS_BACKUPS=tmp_path / "taken" / "backups")

    assert "taken/backups не записать" in needed


def test_missing_jobs_process_is_named(app):
    assert "ещё не выполнялись" in found(app)[1]


def test_jobs_process_that_fell_silent_is_named(app):
    save(Heartbeat(id=1, at=utcnow() - timedelta(minutes=11)))

    assert "Задания: никто не выполняет с" in found(app)[1]
