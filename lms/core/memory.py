"""How a process of the site keeps its memory small."""

import ctypes
import gc
import os

# Of glibc's `mallopt`: the size from which memory goes back to the system as soon as
# it is free, and how many heaps threads share.
LARGE, HEAPS = -3, -8
LARGE_BYTES, MOST_HEAPS = 1024 * 1024, 2


def give_memory_back() -> None:
    """Let what one sign-in or one lesson needed go when it is over.

    Left alone, glibc keeps the 19 MB of the first password that was checked, and in
    a heap for every thread. Other systems have no such switch, and do without.
    """
    library = ctypes.CDLL(None) if os.name == "posix" else None
    switch = getattr(library, "mallopt", None)
    if switch is not None:
        switch(LARGE, LARGE_BYTES)
        switch(HEAPS, MOST_HEAPS)


def stop_collecting() -> None:
    """Rest the collector while the site is loaded, which leaves nothing to collect.

    It would look through half a million new objects, over and over: a fifth of the
    time until the first answer.
    """
    gc.disable()


def begin_collecting() -> None:
    """Collect from now on, and never look again at what was loaded before."""
    gc.freeze()
    gc.enable()
