"""A real site on a port of its own, and a person at a browser."""

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import waitress
from playwright.sync_api import expect

from lms.core.config import ROOT
from lms.core.worker import run_worker
from tests.conftest import PASSWORD, settings

ARTIFACTS = Path(__file__).parent.parent.parent / "artifacts"
ARTIFACTS.mkdir(exist_ok=True)
DESKTOP = {"width": 1380, "height": 960}
PHONE = {"width": 360, "height": 740}
# Its reader of PDF is made of pages of its own.
OF_THE_BROWSER = ("data:", "blob:", "chrome:", "chrome-extension:")
# A busy machine is slow, not wrong: sentences may take a while to appear.
expect.set_options(timeout=30_000)


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def browser_settings(database, instance):
    """The settings of a real site: form tokens on, an address of its own."""
    port = free_port()
    return settings(f"sqlite:///{database}", instance) | {
        "TESTING": False,
        "WTF_CSRF_ENABLED": True,
        "LMS_URL": f"http://127.0.0.1:{port}",
        "LMS_PORT": port,
    }


def _run(server):
    """Serve until closed; the socket may go while the loop waits for it."""
    with suppress(OSError):
        server.run()


@contextmanager
def serving(site):
    """Serve a site and do its jobs in threads of this process."""
    port = site.config["LMS_PORT"]
    server = waitress.create_server(site, host="127.0.0.1", port=port, threads=8)
    stop = threading.Event()
    workers = [
        threading.Thread(target=_run, args=(server,)),
        threading.Thread(target=run_worker, args=(site, stop)),
    ]
    for worker in workers:
        worker.start()
    try:
        yield site.config["LMS_URL"]
    finally:
        stop.set()
        server.close()
        server.asyncore.close_all(server._map)
        server.task_dispatcher.shutdown()
        for worker in workers:
            worker.join(timeout=10)
        server.asyncore.close_all(server._map)  # whoever came while it was closing


@contextmanager
def process_of(site):
    """Run `python app.py` until it answers, and kill it in the end."""
    own = {
        "INSTANCE": str(site.config["INSTANCE"]),
        "LMS_UNDO_SECONDS": "0",
        "PORT": str(site.config["LMS_PORT"]),
        "SECRET_KEY": site.config["SECRET_KEY"],
    }
    command = [sys.executable, "app.py"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | own, **quiet) as process:
        try:
            wait_for(site.config["LMS_URL"])
            yield process
        finally:
            process.kill()


def wait_for(url):
    """Wait until a site is there."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urlopen(f"{url}/readyz").close()
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the site does not answer")


class Visitor:
    """A person at a browser, with or without scripts, at a desk or with a phone."""

    def __init__(self, chromium, url, *, scripts=True, size=DESKTOP):
        self.url = url
        self.scripts = scripts
        self.foreign = []
        self.errors = []
        self.context = chromium.new_context(
            java_script_enabled=scripts,
            viewport=size,
            locale="ru-RU",
            base_url=url,
            reduced_motion="reduce",  # a page that glides is clicked beside the link
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("request", self._watch)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._listen)
        self.page.on("dialog", lambda dialog: dialog.accept())

    def _watch(self, request):
        if not request.url.startswith((self.url, *OF_THE_BROWSER)):
            self.foreign.append(request.url)

    def _listen(self, message):
        if message.type == "error":
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def sign_in(self, email, password=PASSWORD):
        """Sign in by the form, as a person does."""
        self.page.goto("/accounts/sign-in")
        self.page.get_by_label("Почта").fill(email)
        self.page.get_by_label("Пароль", exact=True).fill(password)
        self.press("Войти")
        self.page.wait_for_url(lambda address: "/sign-in" not in address)
        return self

    def press(self, name, *, exact=True, **where):
        """Press the button that is called so; the first one, if there are several."""
        self.page.wait_for_load_state()  # a page that loads still moves to its anchor
        self.page.get_by_role("button", name=name, exact=exact, **where).first.click()

    def follow(self, name, *, exact=True):
        """Follow the link that is called so."""
        self.page.wait_for_load_state()
        self.page.get_by_role("link", name=name, exact=exact).first.click()

    def picture(self, name):
        """Keep a picture of the page as an artifact."""
        self.page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)

    def close(self):
        """Leave, having asked nothing of strangers and met no errors of scripts."""
        self.context.close()
        assert self.foreign == [], self.foreign
        assert self.errors == [], self.errors
