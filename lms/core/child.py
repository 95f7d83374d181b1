"""The other end of `lms.core.sandbox`: a process that answers calls in its limits."""

import contextlib
import json
import pkgutil
import signal
import sys
from dataclasses import asdict


def serve(memory: int, cpu_seconds: int) -> None:
    """Answer calls, one line each, until the input ends; 0 is no limit.

    A call names its function as `package.module:function` and gets the fields of
    the dataclass that the function returns, or nothing when it went too deep or
    asked for too much memory.
    """
    _limit("RLIMIT_CORE", 0)
    if memory:
        _limit("RLIMIT_AS", memory)
    for line in sys.stdin:
        name, arguments = json.loads(line)
        function = pkgutil.resolve_name(name)
        _end_after(cpu_seconds)
        try:
            answer = asdict(function(**arguments))
        except (RecursionError, MemoryError):
            answer = None
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _end_after(cpu_seconds: int) -> None:
    """End the process, where the system can, when it has worked so long from now.

    The timer knows parts of a second, unlike the limit of the system: what the start
    took would round up to a second more.
    """
    with contextlib.suppress(AttributeError):
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds)


def _limit(resource_name: str, most: int) -> None:
    """Let the process have so much and no more, where the system can."""
    with contextlib.suppress(ImportError):
        import resource

        kind = getattr(resource, resource_name)
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
