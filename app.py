"""The site: `app` for a server, `python app.py` to serve it from here."""

import signal
import threading
from types import FrameType

import waitress

from lms.core.config import check_bind
from lms.core.jobs import run_worker
from lms.site import create_app

app = create_app()


def main() -> None:
    """Serve with waitress and do the jobs in the same process."""
    host, port = app.config["LMS_HOST"], app.config["LMS_PORT"]
    check_bind(
        host, demo=app.config["LMS_DEMO"], production=app.config["LMS_PRODUCTION"]
    )
    server = waitress.create_server(
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


if __name__ == "__main__":
    main()
