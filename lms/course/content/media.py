"""Pictures and documents of a module: what they are by content, not by name."""

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath

from lms.core.config import MAX_FILE
from lms.core.language import file_size
from lms.course.content.file_types import (
    DOCUMENTS,
    MEDIA_TYPES,
    PICTURES,
    cure_for,
    document_complaint,
    named,
)
from lms.course.content.problems import Problems
from lms.course.content.svg import check_svg

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_MOST_SEGMENTS = 10_000  # before the picture itself; a camera writes a hundred

Size = tuple[int, int]


@dataclass(frozen=True)
class Medium:
    """A picture or a document; only pictures have a size in pixels."""

    path: str
    kind: str
    size: Size | None = None

    @property
    def is_picture(self) -> bool:
        return self.kind in PICTURES


def check_media(
    folder: str, files: Mapping[str, bytes], problems: Problems
) -> dict[str, Medium]:
    """Look into every file under `media/` and return those with a fitting name."""
    media: dict[str, Medium] = {}
    for path in sorted(path for path in files if path.startswith("media/")):
        place = f"{folder}/{path}"
        kind = PurePosixPath(path).suffix.lower().removeprefix(".")
        if not _NAME.fullmatch(path.removeprefix("media/")):
            problems.error(
                place,
                0,
                "имя файла — латинские буквы, цифры, точка, _ и -, без вложенных папок",
            )
        elif kind not in MEDIA_TYPES:
            problems.error(
                place,
                0,
                f"такой файл нельзя вложить: картинки — {named(PICTURES)}, "
                f"документы — {named(DOCUMENTS)}"
                + (f"; {cure}" if (cure := cure_for(kind)) else ""),
            )
        else:
            size = _check_content(place, kind, files[path], problems)
            media[path] = Medium(path, kind, size)
    return media


def _check_content(
    place: str, kind: str, content: bytes, problems: Problems
) -> Size | None:
    if len(content) > MAX_FILE:
        problems.error(place, 0, f"файл больше {file_size(MAX_FILE)}: уменьшите его")
        return None
    if kind == "svg":
        return check_svg(place, content, problems)
    if complaint := complaint_about(kind, content):
        problems.error(place, 0, complaint)
        return None
    return _SIZES[kind](content) if kind in _SIZES else None


def complaint_about(kind: str, content: bytes) -> str:
    """Say why the content is not what the file's name promises, or nothing."""
    if kind not in _SIZES:
        return document_complaint(kind, content)
    try:
        _SIZES[kind](content)
    except (ValueError, struct.error, IndexError):
        return f"внутри не {kind}: сохраните картинку заново"
    return ""


def picture_size(kind: str, content: bytes) -> Size:
    """Return width and height of a picture about which there is no complaint."""
    return _SIZES[kind](content)


def _png_size(content: bytes) -> Size:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR":
        raise ValueError
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> Size:
    """Walk over the segments until the one that begins a frame."""
    if content[:3] != b"\xff\xd8\xff":
        raise ValueError
    for marker, start in islice(_jpeg_segments(content), _MOST_SEGMENTS):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[start + 3 : start + 7])
            return width, height
    raise ValueError


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at < len(content) - 4:
        if content[at] != 0xFF:
            raise ValueError
        marker = content[at + 1]
        yield marker, at + 2
        if marker == 0xFF:
            at += 1
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
        else:
            at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])


def _webp_size(content: bytes) -> Size:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise ValueError
    form, body = content[12:16], content[20:]
    if form == b"VP8X":
        sides = body[4:7] + b"\0" + body[7:10] + b"\0"
        width, height = struct.unpack("<II", sides)
        return width + 1, height + 1
    if form == b"VP8L" and body[0] == 0x2F:
        bits = struct.unpack("<I", body[1:5])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError


_SIZES: dict[str, Callable[[bytes], Size]] = {
    "png": _png_size,
    "jpg": _jpeg_size,
    "jpeg": _jpeg_size,
    "webp": _webp_size,
}
