"""Photos as phones make them, drawn in code; an HEIC is as small as it can be."""

import base64
import io
import struct
import zlib
from functools import cache

from PIL import Image, ImageCms

from tests.signatures import part

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825
TURNED_RIGHT = 6  # a phone held upright
RED, BLUE = (200, 30, 30), (30, 30, 200)
# 64 × 48 points of one red, as an iPhone packs them.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABw"
    "aWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAAHUAAgAAAAAC"
    "VwABAAAAAAAAAFYAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAA"
    "AQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAA"
    "AAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMA"
    "kAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgA"
    "AQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAA"
    "Av////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVm"
    "AAAAAAAAAA5jZHNjAAIAAQABAAAA021kYXQAAABxKAGvCeA5IyS///oxv//4Rp5D9rmFwX/+DxZ9"
    "/hX+f/7N71FdlYVsgtsPQ6mbxHb+qb8SpGGzSWTW4/EDMtjaCNjfsw7t4rkGE1dj3C8zmvogGAeK"
    "PSGx7ziOJD353ujQ/jNraffhP4v8DjLLZPuUdwIAAAAGRXhpZgAATU0AKgAAAAgAAwEPAAIAAAAH"
    "AAAAMgESAAMAAAABAAYAAIglAAQAAAABAAAAOgAAAABDYW1lcmEAAAABAAEAAgAAAAJOAAAAAAAA"
    "AA=="
)


def drawn(width=64, height=48):
    """A picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (width, height), BLUE)
    picture.paste(RED, (0, 0, width // 2, height))
    return picture


def packed(picture, kind, **options):
    """Return the bytes of a picture in a format of Pillow's."""
    output = io.BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()


def photo(kind="JPEG", **options):
    """A photo that was taken upright, with its place and camera."""
    told = Image.Exif()
    told[ORIENTATION], told[MAKER] = TURNED_RIGHT, "Камера"
    told.get_ifd(GPS)[1] = "N"
    return packed(drawn(), kind, exif=told, **options)


@cache
def plain_profile():
    """The profile of ordinary colours, as cameras write it; the moment stands in it."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def opened(content):
    """Return a picture that was stored."""
    return Image.open(io.BytesIO(content))


def boundless_png(width=60_000, height=60_000):
    """A PNG of a few bytes that promises billions of points."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(part(*one) for one in parts)


def boundless_heic():
    """A photo of an iPhone that says it is much larger."""
    uncut = HEIC.replace(b"clap", b"pasp")
    return uncut.replace(struct.pack(">II", 64, 64), struct.pack(">II", 9_000, 9_000))


def boundless_jpeg():
    """A JPEG that says it is much larger."""
    sides = struct.pack(">HH", 48, 64)
    return packed(drawn(), "JPEG").replace(sides, struct.pack(">HH", 60_000, 60_000))
