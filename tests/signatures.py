"""A picture of a signature, as small as a PNG can be."""

import struct
import zlib


def png(width, height):
    """Return a grey picture of that size."""
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (part(b"IHDR", size), part(b"IDAT", zlib.compress(rows)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + part(b"IEND", b"")


def part(name, body):
    checksum = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + checksum


INK = png(40, 15)
