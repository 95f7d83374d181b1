"""What is said of known vulnerabilities is true, whatever the feed does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests import audit

SAFE, UNSAFE = "flask==3.1.3", "werkzeug==2.0.0"


@pytest.fixture
def feed_of(monkeypatch):
    """Return a function that serves a feed which knows of these packages."""
    servers = []

    def serve(*vulnerable):
        class Feed(BaseHTTPRequestHandler):
            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                known = asked["package"]["name"] in vulnerable
                found = {"id": "CVE-1", "summary": "-", "affected": []}
                body = json.dumps({"vulns": [found]} if known else {}).encode()
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Feed)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        monkeypatch.setenv("PIP_AUDIT_OSV_URL", url)

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def locked(tmp_path):
    """A file of two packages."""
    path = tmp_path / "requirements.txt"
    path.write_text(
        "".join(f"{name} --hash=sha256:{'0' * 64}\n" for name in (SAFE, UNSAFE))
    )
    return [str(path)]


def test_feed_that_knows_of_a_package_fails_the_check(feed_of, locked, capsys):
    feed_of("jinja2", "werkzeug")

    assert audit.main(["osv"], locked) == 1
    assert "werkzeug" in capsys.readouterr().out


def test_feed_that_knows_the_old_one_alone_finds_nothing(feed_of, locked, capsys):
    feed_of("jinja2")

    assert audit.main(["osv"], locked) == 0
    assert "osv knows no vulnerability" in capsys.readouterr().out


def test_feed_that_knows_nothing_is_not_believed(feed_of, locked, capsys):
    feed_of()

    assert audit.main(["osv"], locked) == 0
    assert "NOTHING WAS CHECKED" in capsys.readouterr().out


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "no address"])
def test_absent_feed_is_said(locked, capsys, monkeypatch, url):
    monkeypatch.setenv("PIP_AUDIT_OSV_URL", url)

    assert audit.main(["osv"], locked) == 0
    assert "NOTHING WAS CHECKED" in capsys.readouterr().out
