"""Pictures that people bring: turned as they were held, without place and camera.

A picture comes from a stranger, so it is decoded in a child that can be killed.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from lms.core.errors import RuleError
from lms.core.sandbox import LateError, Sandbox, TangledError

# Photos of phones, and the kind that each becomes: browsers do not show them.
CONVERTED = {"heic": "jpg", "heif": "jpg"}
PHOTOS = {"png", "jpg", "jpeg", "webp", *CONVERTED}

# 64 million points of a phone take 560 MB and 3 seconds; a usual photo 0.8.
MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 4
# Only a busy machine needs longer.
SECONDS = 20
# Children that decode at once in one process of the site, the others wait for them.
CHILDREN = threading.BoundedSemaphore(2)
PATIENCE = 5.0

TANGLED = "картинка устроена слишком сложно: откройте её и сохраните заново в jpg"
BUSY = "сервер сейчас занят другими картинками: приложите эту ещё раз через минуту"


class Picture(NamedTuple):
    """A picture as it may be stored."""

    kind: str
    content: bytes


class PictureError(RuleError):
    """A picture that cannot be taken; the text says why, without naming it."""


class LatePictureError(PictureError):
    """A picture for which a busy machine had no time; later it may be taken."""


def open_picture_sandbox() -> Sandbox:
    """Make the place where pictures are decoded; several may share one."""
    return Sandbox(
        memory=MEMORY, cpu_seconds=CPU_SECONDS, places=CHILDREN, patience=PATIENCE
    )


def clean_picture(sandbox: Sandbox, kind: str, content: bytes) -> Picture:
    """Return a picture of a known kind as it may be stored, or raise `PictureError`.

    It may take seconds, so the caller holds no transaction.
    """
    from lms.core.picture_child import clean  # brings all decoders

    with TemporaryDirectory() as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        source.write_bytes(content)
        paths = {"source": str(source), "target": str(target)}
        answer = _call(sandbox, clean, kind=kind, **paths)
        kept = target.read_bytes() if answer["is_written"] else content
    return Picture(CONVERTED.get(kind, kind), kept)


def copies_of_picture(
    sandbox: Sandbox, kind: str, path: Path, sides: Sequence[int]
) -> list[bytes]:
    """Return copies (WebP) of a stored picture, none with a side longer than asked."""
    from lms.core.picture_child import draw_copies

    with TemporaryDirectory() as folder:
        targets = {str(Path(folder, str(side))): side for side in sides}
        _call(sandbox, draw_copies, source=str(path), kind=kind, sides=targets)
        return [Path(target).read_bytes() for target in targets]


def _call(
    sandbox: Sandbox, function: Callable[..., Any], **arguments: Any
) -> Mapping[str, Any]:
    try:
        answer = sandbox.call(function, seconds=SECONDS, **arguments)
    except LateError:
        raise LatePictureError(BUSY) from None
    except TangledError:
        raise PictureError(TANGLED) from None
    if refusal := answer["refusal"]:
        raise PictureError(refusal)
    return answer
