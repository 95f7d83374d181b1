"""Log lines that a machine can read, each with the id of its request."""

import json
import logging
import re
import time
import uuid
from datetime import UTC, datetime

from flask import Flask, Response, current_app, g, has_request_context, request

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
    """Return the path without the secret that some links carry.

    A link that was cut, mistyped or refused leads to no page, and still holds the
    secret; so whatever follows the beginning of such an address is left out, unless
    a page without a secret stands there.
    """
    if request.url_rule and "token" not in request.url_rule.arguments:
        return request.path
    found = _before_secrets().search(request.path)
    return f"{request.path[: found.end()]}…" if found else request.path


def _before_secrets() -> re.Pattern[str]:
    """Return what addresses with a secret begin with: all that have a `<token>`."""
    rules = (r.rule for r in current_app.url_map.iter_rules() if "token" in r.arguments)
    heads = {re.escape(rule.partition("<")[0]).replace("/", "/+") for rule in rules}
    return re.compile("|".join(sorted(heads, key=len, reverse=True)), re.IGNORECASE)
