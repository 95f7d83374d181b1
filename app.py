"""The site: `app` for a server, `python app.py` to serve it from here."""

import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

from lms.core.memory import begin_collecting, give_memory_back, stop_collecting

give_memory_back()
stop_collecting()

import click
import waitress

from lms.core.config import check_bind
from lms.core.environment import StartError
from lms.core.worker import run_worker
from lms.setup.start import check_foreign_server, check_start
from lms.site import create_app

# What gunicorn takes for «never try again».
NOT_FOR_GUNICORN = 4


def is_command() -> bool:
    """Tell whether this is `flask …`, but for its server."""
    context = click.get_current_context(silent=True)
    if context is None or os.environ.get("FLASK_RUN_FROM_CLI") != "true":
        return False
    return context.info_name != "run"


def main() -> None:
    """Serve with waitress and do the jobs in the same process."""
    host, port = app.config["LMS_HOST"], app.config["LMS_PORT"]
    check_bind(
        host, demo=app.config["LMS_DEMO"], production=app.config["LMS_PRODUCTION"]
    )
    check_start(app)
    server = listen(host, port)
    stop = threading.Event()
    worker = threading.Thread(target=run_worker, args=(app, stop), name="jobs")
    if app.config["LMS_JOBS"]:
        worker.start()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        """Let waitress finish the requests under way and come out of `run`."""
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    try:
        server.run()
    finally:
        stop.set()
        server.close()


def listen(host: str, port: int) -> Any:
    """Take the port, or say why it is not to be had."""
    try:
        return waitress.create_server(
            app,
            host=host,
            port=port,
            threads=8,
            connection_limit=1000,
            channel_timeout=60,
            # More than the site takes: it refuses with a page, the server with a line.
            max_request_body_size=4 * app.config["MAX_CONTENT_LENGTH"],
            ident=None,
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StartError(
            f"Адрес {host}:{port} занят или недоступен ({reason})."
            " Укажите другой порт: PORT=8001"
        ) from None


# Letters, works and keys are nobody else's business on this machine.
os.umask(0o077)
try:
    app = create_app()
    begin_collecting()
    if __name__ == "__main__":
        main()
    elif not is_command():
        check_foreign_server(app)
except StartError as refusal:
    print(refusal, file=sys.stderr)
    gunicorn = os.environ.get("SERVER_SOFTWARE", "").startswith("gunicorn")
    sys.exit(NOT_FOR_GUNICORN if gunicorn else 1)
