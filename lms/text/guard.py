"""A process apart for rendering that may never end."""

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, Self

from lms.core.config import ROOT

logger = logging.getLogger(__name__)

_CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
from lms.text.child import serve
serve()
"""


class TangledError(Exception):
    """A text that cannot be rendered in the time it has, or is nested too deep."""


class Guard:
    """Calls the renderers of `lms.text.markup` in a child that is killed when late.

    The child starts with the first call and ends with the `with` block.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop()

    def call(
        self, function: str, *, seconds: float, **arguments: Any
    ) -> Mapping[str, Any]:
        """Return what the function answered in time, or raise `TangledError`."""
        if seconds <= 0:
            raise TangledError
        if self._child is None:
            self._child = _start()
        killer = threading.Timer(seconds, self._child.kill)
        killer.start()
        started = time.monotonic()
        try:
            reply = _ask(self._child, json.dumps([function, arguments]))
        finally:
            killer.cancel()
        if not reply.endswith("\n"):
            self._stop()
            spent = time.monotonic() - started
            level = logging.WARNING if spent >= seconds else logging.ERROR
            logger.log(level, "markdown: the renderer ended after %.1f s", spent)
            raise TangledError
        page: Mapping[str, Any] | None = json.loads(reply)
        if page is None:
            raise TangledError
        return page

    def _stop(self) -> None:
        if self._child:
            self._child.kill()
            self._child.communicate()
            self._child = None


def _start() -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-P", "-c", _CHILD, str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="ascii",
    )


def _ask(child: "subprocess.Popen[str]", question: str) -> str:
    """Return one line, or what there is of it when the child was killed."""
    if child.stdin is None or child.stdout is None:
        raise ValueError("the child has no pipes")
    try:
        child.stdin.write(question + "\n")
        child.stdin.flush()
    except BrokenPipeError:
        return ""
    return child.stdout.readline()
