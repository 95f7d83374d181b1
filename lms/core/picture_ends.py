"""Where a picture ends inside its file: some cameras and editors write on behind it."""

import re

# Neither a byte of points that looks like a sign, nor one that only divides them.
SIGN = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
STANDS_ALONE = {0x01, 0xD8}
END = 0xD9
SIGNATURE_OF_PNG, AROUND_A_PART = 8, 12


def has_more(content: bytes, kind: str) -> bool:
    """Tell whether bytes stand behind a JPEG, PNG or WebP, or its end is missing."""
    return ENDS[kind](content) != len(content)


def _end_of_jpeg(content: bytes) -> int:
    place = 0
    while found := SIGN.search(content, place):
        place, sign = found.end(), found[1][0]
        if sign == END:
            return place
        if sign not in STANDS_ALONE:
            place += int.from_bytes(content[place : place + 2])
    return 0


def _end_of_png(content: bytes) -> int:
    place, name = SIGNATURE_OF_PNG, b""
    while name != b"IEND":
        name = content[place + 4 : place + 8]
        if not name:
            return 0
        place += int.from_bytes(content[place : place + 4]) + AROUND_A_PART
    return place


def _end_of_webp(content: bytes) -> int:
    size = int.from_bytes(content[4:8], "little")
    return 8 + size + size % 2


ENDS = {"JPEG": _end_of_jpeg, "PNG": _end_of_png, "WEBP": _end_of_webp}
