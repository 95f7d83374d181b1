"""What happens to pictures in the child: those of strangers are decoded there only."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pi_heif  # type: ignore[import-untyped]
from PIL import Image, ImageCms, ImageOps, ImageSequence

from lms.core.picture_ends import has_more

# The largest panorama of a phone still fits.
MAX_PIXELS = 65_000_000
# What phones make unless they are asked for more; a larger photo becomes as large.
PHOTO_PIXELS = 4032 * 3024
READ = {
    "png": ["PNG"],
    "jpg": ["JPEG", "MPO"],
    "jpeg": ["JPEG", "MPO"],
    "webp": ["WEBP"],
    "heic": ["HEIF"],
    "heif": ["HEIF"],
}
WRITTEN: dict[str, dict[str, Any]] = {
    "PNG": {"format": "PNG", "compress_level": 4},
    "WEBP": {"format": "WEBP", "quality": 90, "method": 1},
}
PHOTO: dict[str, Any] = {"format": "JPEG", "quality": 90}
PHOTO_MODES = {"L", "RGB", "CMYK"}
COPY: dict[str, Any] = {"format": "WEBP", "quality": 75, "method": 2}
# Without these a picture looks different, and they tell of nothing else.
LOOKS = {"icc_profile", "transparency"}
HARMLESS = LOOKS | {
    *("jfif", "jfif_version", "jfif_unit", "jfif_density", "adobe", "adobe_transform"),
    *("dpi", "gamma", "srgb", "chromaticity", "aspect", "interlace", "background"),
    *("progressive", "progression", "loop", "duration", "timestamp", "default_image"),
    *("bbox", "blend", "disposal"),
}
HARMLESS_SEGMENTS = (b"JFIF\0", b"ICC_PROFILE\0", b"Adobe")

UNREADABLE = "картинка не читается: откройте её и сохраните заново"
TOO_LARGE = (
    f"в картинке больше {MAX_PIXELS // 1_000_000} млн точек: уменьшите её или снимите"
    " заново обычным размером"
)
# What the decoders raise for a broken picture.
BROKEN = (OSError, SyntaxError, ValueError, LookupError, EOFError, RuntimeError)
# And for what it tells of itself, which is read and written anew to turn it.
BROKEN_WORDS = (struct.error, TypeError, AttributeError)

Image.MAX_IMAGE_PIXELS = None  # it would only warn of most; `_open` refuses
pi_heif.register_heif_opener()
pi_heif.options.DECODE_THREADS = 1


@dataclass(frozen=True)
class Outcome:
    """What became of a picture: why it is refused, or whether it was written anew."""

    refusal: str = ""
    is_written: bool = False


class _LargeError(Exception):
    """A picture of more points than may be decoded."""


def clean(source: str, kind: str, target: str) -> Outcome:
    """Write a picture as it was held, without what it tells beside what it shows.

    One that tells nothing stays byte for byte as it is, so what was written here once
    is never written again.
    """
    try:
        with _open(source, kind) as picture:
            if _is_clean(picture, Path(source)):
                return Outcome()
            Path(target).write_bytes(_written(picture))
    except _LargeError:
        return Outcome(refusal=TOO_LARGE)
    except BROKEN:
        return Outcome(refusal=UNREADABLE)
    return Outcome(is_written=True)


def draw_copies(source: str, kind: str, sides: dict[str, int]) -> Outcome:
    """Write smaller copies of a picture: by path, how long their longer side may be."""
    try:
        with _open(source, kind) as picture:
            picture.thumbnail((max(sides.values()),) * 2)
            drawn = _in_plain_colours(_upright(picture))
    except _LargeError:
        return Outcome(refusal=TOO_LARGE)
    except BROKEN:
        return Outcome(refusal=UNREADABLE)
    drawn.info = {}
    for target, side in sorted(sides.items(), key=lambda one: -one[1]):
        drawn.thumbnail((side, side))
        drawn.save(target, **COPY)
    return Outcome(is_written=True)


@contextmanager
def _open(source: str, kind: str) -> Iterator[Image.Image]:
    """Open a picture as what its name promises; nothing of it is decoded yet."""
    with Image.open(source, formats=READ[kind]) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise _LargeError
        yield picture


def _is_clean(picture: Image.Image, file: Path) -> bool:
    """Tell whether a picture is of a kind that stays and tells nothing; decode it."""
    if picture.format in {"HEIF", "MPO"} or _tells_more(picture):
        return False
    if has_more(file.read_bytes(), str(picture.format)):
        return False
    picture.load()  # a PNG may tell more after its points
    return not _tells_more(picture)


def _tells_more(picture: Image.Image) -> bool:
    segments = [body for name, body in getattr(picture, "applist", []) if name != "COM"]
    strange = [body for body in segments if not body.startswith(HARMLESS_SEGMENTS)]
    return bool(strange) or not picture.info.keys() <= HARMLESS


def _written(picture: Image.Image) -> bytes:
    """Return a picture anew; a film stays one, of a photo only the first is taken."""
    output, options = io.BytesIO(), WRITTEN.get(str(picture.format), PHOTO)
    if options is PHOTO:
        picture.thumbnail(_photo_size(picture.size))
        first, *others = [_upright(picture)]
        if first.mode not in PHOTO_MODES:
            first = first.convert("RGB")
    else:
        first, *others = [_upright(frame) for frame in ImageSequence.Iterator(picture)]
    looks = {"icc_profile": first.info.get("icc_profile")}
    film = {"save_all": True, "append_images": others} if others else {}
    first.save(output, **(options | looks | film))
    return output.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """Return a picture as it was held, with what it looks by and nothing else."""
    try:
        upright = ImageOps.exif_transpose(picture)
    except (*BROKEN, *BROKEN_WORDS):
        upright = picture.copy()  # only what tells how it was held may be broken
    upright.info = {key: upright.info[key] for key in LOOKS & upright.info.keys()}
    return upright


def _photo_size(size: tuple[int, int]) -> tuple[int, int]:
    width, height = size
    scale = min(1.0, (PHOTO_PIXELS / (width * height)) ** 0.5)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """Return a picture in sRGB, so that a small copy needs no profile."""
    if picture.mode == "I;16":  # of a scanner; Pillow would make it white
        picture = picture.point(lambda level: level * (1 / 256)).convert("L")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if profile := picture.info.get("icc_profile"):
        with suppress(ImageCms.PyCMSError, OSError):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            plain = ImageCms.createProfile("sRGB")
            shown = picture.convert(mode) if picture.mode == "P" else picture
            drawn = ImageCms.profileToProfile(shown, own, plain, outputMode=mode)
            return drawn or shown
    return picture.convert(mode)
