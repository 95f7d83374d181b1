"""Reading what people upload: the words of a document, the names in an archive.

A document comes from a stranger. So only the parts with text are read, and never
more of them than fits the bounds, whatever their archive promises.
"""

import zipfile
import zlib
from typing import BinaryIO

from python_calamine import CalamineError

from lms.work.previews.excerpt import Excerpt, FullError, UnreadableError, Writer
from lms.work.previews.parts import PARTS, read_parts
from lms.work.previews.sheets import read_sheets
from lms.work.previews.word import read_word

SHEETS = {"xlsx", "xls", "ods"}
# What the libraries raise when a file is broken; both XML parsers a SyntaxError.
BROKEN = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,  # also an encrypted archive, and nesting without an end
)


def excerpt_of(kind: str, file: BinaryIO) -> Excerpt:
    """Read the beginning of a document of a known kind."""
    writer = Writer()
    try:
        _read(kind, file, writer)
    except FullError:
        writer.excerpt.is_cut = True
    except BROKEN as error:
        raise UnreadableError from error
    return writer.excerpt


def _read(kind: str, file: BinaryIO, writer: Writer) -> None:
    if kind in SHEETS:
        read_sheets(file, writer)
        return
    with zipfile.ZipFile(file) as archive:
        if kind in PARTS:
            read_parts(archive, kind, writer)
        else:
            read_word(archive, writer)


def names_in(file: BinaryIO, limit: int = 200) -> list[str]:
    """Return the names of the files in an archive, without unpacking it."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [one.filename for one in archive.infolist() if not one.is_dir()]
    except BROKEN as error:
        raise UnreadableError from error
    return entries[:limit]
