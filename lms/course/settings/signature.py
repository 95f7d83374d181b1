"""The picture of a signature: judged by content, and by whoever prints it."""

from typing import IO

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import file_size
from lms.core.pictures import clean_picture, open_picture_sandbox
from lms.core.storage import store_bytes
from lms.course.content.media import complaint_about, picture_size
from lms.course.settings.printing import can_be_printed

MAX_BYTES = 200 * 1024
MAX_SIDE = 2000
KINDS = {"png": "image/png", "jpg": "image/jpeg"}
RULES = f"PNG или JPEG до {file_size(MAX_BYTES)}, лучше на прозрачном или белом фоне."


def store_signature(stream: IO[bytes]) -> str:
    """Keep a picture and return its SHA-256, or say why it will not do.

    A picture that no revision names does no harm, so it is committed by itself.
    """
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise RuleError(f"Картинка больше {file_size(MAX_BYTES)}: уменьшите её.")
    kind = kind_of(content)
    if kind is None or max(picture_size(kind, content)) > MAX_SIDE:
        raise RuleError(
            f"Нужна картинка PNG или JPEG, не больше {MAX_SIDE} точек по стороне."
        )
    if not can_be_printed(content):
        raise RuleError("Эту картинку не напечатать: сохраните её заново в PNG.")
    db.session.rollback()  # no transaction waits for the child
    with open_picture_sandbox() as sandbox:
        content = clean_picture(sandbox, kind, content).content
    sha256 = store_bytes(content).sha256
    db.session.commit()
    return sha256


def kind_of(content: bytes) -> str | None:
    """Tell a PNG from a JPEG by what is in it; others are neither."""
    return next((kind for kind in KINDS if not complaint_about(kind, content)), None)
