"""Office files and archives that were made to fail, built in code."""

import io
import struct
import zipfile

from tests.sample_module import packed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b" " * 512
OLD_WORD = OLE + "WordDocument".encode("utf-16-le")
_TEXT = b"application/vnd.oasis.opendocument.text"
# The first compressed byte is one that begins no block.
_ODT = packed({"mimetype": _TEXT})
BROKEN_ODT = _ODT[:38] + b"\xff" + _ODT[39:]
_MANIFEST = b"""<manifest:manifest><manifest:file-entry>
<manifest:encryption-data manifest:checksum-type="SHA256"/></manifest:file-entry>
</manifest:manifest>"""


def locked_open_document(kind):
    """What LibreOffice saves with a password: only the manifest can be read."""
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
            "content.xml": b"\x8f\x01\x17",
            "META-INF/manifest.xml": _MANIFEST,
        }
    )


def crowded_archive(entries=400_000, *, name="a"):
    """A zip whose entries are all one empty file; the end record needs zip64."""
    one = packed({name: b""})
    at = one.index(b"PK\1\2")
    entry = one[at : one.index(b"PK\5\6")]
    size, where = len(entry) * entries, at + len(entry) * entries
    end = struct.pack(
        "<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, at
    )
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, where, 1)
    last = struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0
    )
    return one[:at] + entry * entries + end + locator + last


def boastful_archive(megabytes=600):
    """A zip of a few bytes whose only file is said to be so large."""
    small, told = 5_000, megabytes * 1024 * 1024
    return packed({"a": bytes(small)}).replace(
        small.to_bytes(4, "little"), told.to_bytes(4, "little")
    )


def padded(document, part, *, filler=b"<a/>", times=3_900_000):
    """A document one part of which is millions of empty elements in 16 KB."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    return packed(entries | {part: b"<a>" + filler * times + b"</a>"})


def with_entities(document, part):
    """A document whose part in UTF-16 is a tower of entities, each ten of the last."""
    tower = "<!ENTITY e0 'боб'>" + "".join(
        f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10)
    )
    text = f"<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a [{tower}]><a>&e9;</a>"
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    return packed(entries | {part: text.encode("utf-16")})


def packed_oddly(megabytes=32):
    """A document of a kilobyte whose manifest is many megabytes of emptiness."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", _TEXT)
        manifest = bytes(megabytes * 1024 * 1024)
        archive.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_BZIP2)
    return file.getvalue()
