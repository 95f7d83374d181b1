"""A process apart for work that may never end, or ask for all the memory."""

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Self

from lms.core.config import ROOT

logger = logging.getLogger(__name__)

_CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
from lms.core.child import serve
serve(memory=int(sys.argv[2]), cpu_seconds=int(sys.argv[3]))
"""


class TangledError(Exception):
    """A call that did not end well: out of time or memory, or nested too deep."""


class LateError(TangledError):
    """A call that the clock on the wall ended; a busy machine may be to blame."""


class BusyError(LateError):
    """A call that never began, because others had all the children there may be."""


class Sandbox:
    """Calls functions in a child that is killed when late.

    The child starts with the first call and ends with the `with` block. It may
    have `memory` bytes, and `cpu_seconds` of the processor for each call. `places`
    is how many children there may be at once; for one of them the first call waits
    `patience` seconds at most, and those after it not at all.
    """

    def __init__(
        self,
        *,
        memory: int = 0,
        cpu_seconds: int = 0,
        places: threading.Semaphore | None = None,
        patience: float = 0,
    ) -> None:
        self._limits = memory, cpu_seconds
        self._places = places
        self._patience = patience
        self._has_place = places is None
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop()
        if self._places is not None and self._has_place:
            self._places.release()
            self._has_place = False

    def call(
        self, function: Callable[..., Any], *, seconds: float, **arguments: Any
    ) -> Mapping[str, Any]:
        """Return the fields that the function answered, or raise `TangledError`."""
        if seconds <= 0:
            raise LateError
        self._take_place()
        if self._child is None:
            self._child = _start(*self._limits)
        name = f"{function.__module__}:{function.__qualname__}"
        killer = threading.Timer(seconds, self._child.kill)
        started = time.monotonic()
        killer.start()
        try:
            reply = _ask(self._child, json.dumps([name, arguments]))
        finally:
            killer.cancel()
        if not reply.endswith("\n"):
            code, spent = self._stop(), time.monotonic() - started
            # A child that ends by itself has met a mistake of ours.
            level = logging.ERROR if code > 0 else logging.WARNING
            logger.log(level, "%s: the child ended after %.1f s", name, spent)
            raise LateError if spent >= seconds else TangledError
        answer: Mapping[str, Any] | None = json.loads(reply)
        if answer is None:
            raise TangledError
        return answer

    def _take_place(self) -> None:
        patience, self._patience = self._patience, 0
        if self._places is not None and not self._has_place:
            self._has_place = self._places.acquire(timeout=patience)
        if not self._has_place:
            raise BusyError

    def _stop(self) -> int:
        """End the child and return the code with which it ended."""
        child, self._child = self._child, None
        if child is None:
            return 0
        child.kill()
        child.communicate()
        return int(child.returncode)


def _start(memory: int, cpu_seconds: int) -> "subprocess.Popen[str]":
    limits = str(memory), str(cpu_seconds)
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-P", "-c", _CHILD, str(ROOT), *limits],
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
