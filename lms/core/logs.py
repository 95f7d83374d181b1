"""Log lines that a machine can read, each with the id of its request."""

import json
import logging
import re
import time
import uuid
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context, request

logger = logging.getLogger(__name__)
TRUSTED_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request id."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            line["request"] = g.get("request_id")
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(app: Flask) -> None:
    """Write the site's log to standard error, one JSON line an event.

    To be called before any extension that may refuse a request, so that the refusal
    has an id and a duration as well.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger("lms")
    if not root.handlers:
        root.addHandler(handler)
        root.propagate = False
    root.setLevel(logging.INFO)
    app.logger.handlers = [handler]

    @app.before_request
    def begin() -> None:
        asked = request.headers.get("X-Request-ID", "")
        known = TRUSTED_ID.fullmatch(asked)
        g.request_id = asked if known else uuid.uuid4().hex
        g.began = time.perf_counter()

    @app.after_request
    def log_answer(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.request_id
        facts = {
            "method": request.method,
            "path": _path(),
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.began) * 1000, 1),
        }
        logger.info("request", extra={"facts": facts})
        return response


def _path() -> str:
    """Return the path without the secret that some links carry."""
    token = (request.view_args or {}).get("token")
    return request.path.replace(token, "…") if token else request.path
