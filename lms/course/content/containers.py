"""Zip archives and office files of strangers: what can be told without reading them."""

import zipfile
import zlib
from typing import IO

# What a zip may raise that is none, or is broken.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    OSError,
    ValueError,
    EOFError,
)
# Ten thousand files and more; each costs a kilobyte of memory when a zip is opened.
MAX_DIRECTORY = 1024 * 1024
_LEAST_ENTRY = 46  # bytes of an entry of the directory without a name
_MAX_MANIFEST = 1024 * 1024
_UTF8_NAME = 0x800
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The streams of Word, Excel and PowerPoint before 2007.
_OLD_STREAMS = [
    name.encode("utf-16-le")
    for name in ("WordDocument", "Workbook", "PowerPoint Document")
]


class CrowdedError(zipfile.BadZipFile):
    """An archive with more files than anybody would open."""


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """Open a zip, unless its end record says that opening alone would cost too much.

    `zipfile` reads as much of the directory as the record says before it can be
    asked anything, so the record is read first, and by the same function.
    """
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if end is not None:
        entries = end[zipfile._ECD_ENTRIES_TOTAL]  # type: ignore[attr-defined]
        size = end[zipfile._ECD_SIZE]  # type: ignore[attr-defined]
        if max(entries * _LEAST_ENTRY, size) > MAX_DIRECTORY:
            raise CrowdedError("the directory is too long")
    return zipfile.ZipFile(file)


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry as its owner sees it.

    `zipfile` takes what is not marked as UTF-8 for English of 1981. Macs write UTF-8
    without the mark, and Russian Windows the code page 866.
    """
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    name = entry.filename.encode("cp437")
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("cp866")


def read_beginning(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Read up to `most` bytes of an entry, and unpack no more than that.

    Only with the two ways of packing that office programs know does `zipfile` stop in
    time; the others unpack gigabytes out of one kilobyte before they can be asked.
    """
    entry = archive.getinfo(name)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("no office program packs like that")
    with archive.open(entry) as part:
        return part.read(most)


def is_locked(file: IO[bytes]) -> bool:
    """Tell whether an office file of today's formats is closed by a password.

    Microsoft's programs wrap such a file in an OLE container, as every file was
    before 2007; LibreOffice says so in the manifest.
    """
    file.seek(0)
    if file.read(len(_OLE)) == _OLE:
        content = file.read()
        return not any(stream in content for stream in _OLD_STREAMS)
    try:
        with open_archive(file) as archive:
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                return True
            manifest = read_beginning(archive, "META-INF/manifest.xml", _MAX_MANIFEST)
            return b":encryption-data" in manifest
    except (KeyError, *BROKEN):
        return False
