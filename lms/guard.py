"""A process apart for rendering that may never end."""

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

logger = logging.getLogger(__name__)

# `import lms` would bring the whole site along, so the child gets a bare package.
_CHILD = """
import sys, types
lms = sys.modules["lms"] = types.ModuleType("lms")
lms.__path__ = [sys.argv[1]]
from lms.guard import serve
serve()
"""


class TangledMarkdown(Exception):
    """A text that cannot be rendered in the time it has, or is nested too deep."""


class Guard:
    """Calls functions of `lms.markup` in a child process and kills it when late.

    The seconds count for everything asked of one guard. The child starts with
    the first call and ends with the `with` block.
    """

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop()

    def call(self, function: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the function answered, or raise `TangledMarkdown`."""
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TangledMarkdown
        child = self._child = self._child or _start()
        killer = threading.Timer(left, child.kill)
        killer.start()
        try:
            child.stdin.write(json.dumps([function, arguments]) + "\n")
            child.stdin.flush()
            reply = child.stdout.readline()
        except BrokenPipeError:
            reply = ""
        finally:
            killer.cancel()
        if not reply.endswith("\n"):
            self._stop()
            logger.warning("markdown: a text was given up after %.1f s", left)
            raise TangledMarkdown
        page: dict[str, Any] | None = json.loads(reply)
        if page is None:
            raise TangledMarkdown
        return page

    def _stop(self) -> None:
        if self._child:
            self._child.kill()
            with self._child:
                pass
            self._child = None


def _start() -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-P", "-c", _CHILD, str(Path(__file__).parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="ascii",
    )


def serve() -> None:
    """Answer calls, one line each, until the input ends."""
    from lms import markup

    functions = {
        "render_answer_page": markup.render_answer_page,
        "render_lesson": markup.render_lesson,
    }
    for line in sys.stdin:
        function, arguments = json.loads(line)
        try:
            page = asdict(functions[function](**arguments))
        except RecursionError:
            page = None
        sys.stdout.write(json.dumps(page) + "\n")
        sys.stdout.flush()
