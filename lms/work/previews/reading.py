"""Reading what people upload: the words of a document, the names in an archive.

A document comes from a stranger. So only the parts with text are read, never more of
them than fits the bounds, and all of it happens in a child of `lms.core.sandbox`.
"""

from pathlib import Path
from typing import BinaryIO

from lms.course.content import containers
from lms.course.content.archive import is_ignored, leads_outside
from lms.course.content.containers import (
    CrowdedError,
    is_locked,
    name_of,
    open_archive,
)
from lms.work.previews.excerpt import (
    MAX_NAME,
    MAX_NAMES,
    Excerpt,
    FullError,
    LockedError,
    Writer,
)
from lms.work.previews.left_out import note_parts
from lms.work.previews.open_sheets import SheetReader
from lms.work.previews.parts import PARTS, Reader, read_parts

# Raise it when a file would be read differently: older excerpts are made anew.
RULES = 3
# What reading a broken file raises; of both XML parsers it is a SyntaxError.
BROKEN = (
    *containers.BROKEN,
    SyntaxError,
    LookupError,
    RuntimeError,  # nesting without an end
)
CROWDED = "внутри слишком много файлов"
DAMAGED = "он повреждён, или внутри не то, что обещает его имя"
LOCKED = "документ под паролем"
OUTSIDE = "путь ведёт за пределы архива, не распаковывайте"


def read_file(path: str, kind: str) -> Excerpt:
    """Read the beginning of a file of a known kind, or say why that is impossible."""
    with Path(path).open("rb") as file:
        return excerpt_of(kind, file)


def excerpt_of(kind: str, file: BinaryIO) -> Excerpt:
    """Read the beginning of an open file of a known kind."""
    writer = Writer()
    try:
        KINDS[kind](kind, file, writer)
    except FullError:
        writer.excerpt.is_cut = True
    except CrowdedError:
        return Excerpt(refusal=CROWDED)
    except LockedError:
        return Excerpt(refusal=LOCKED)
    except BROKEN:
        return Excerpt(refusal=LOCKED if is_locked(file) else DAMAGED)
    return writer.excerpt


def _read_document(kind: str, file: BinaryIO, writer: Writer) -> None:
    with open_archive(file) as archive:
        note_parts(archive, writer)
        if kind in PARTS:
            reader = SheetReader if kind == "ods" else Reader
            read_parts(archive, kind, writer, reader)
        else:
            from lms.work.previews.word import read_word

            read_word(archive, writer)


def _read_workbook(kind: str, file: BinaryIO, writer: Writer) -> None:
    from lms.work.previews.sheets import read_sheets

    read_sheets(file, writer, has_layouts=kind == "xlsx")


def _read_names(_kind: str, file: BinaryIO, writer: Writer) -> None:
    with open_archive(file) as archive:
        files = [name_of(one) for one in archive.infolist() if not one.is_dir()]
    names = [_listed(name) for name in files if not is_ignored(*_parts(name))]
    writer.excerpt.names = names[:MAX_NAMES]
    writer.excerpt.is_cut = len(names) > MAX_NAMES


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")


def _listed(name: str) -> str:
    """Return a name as text, with a warning when it is one of an attacker."""
    return f"{_visible(name)} — {OUTSIDE}" if leads_outside(name) else _visible(name)


def _visible(name: str) -> str:
    """Return a name without the signs that would show it as another one.

    Of one that is longer than any disk takes, the beginning is enough.
    """
    shown = "".join(sign for sign in name if sign.isprintable())
    return shown if len(shown) <= MAX_NAME else f"{shown[:MAX_NAME]}…"


KINDS = dict.fromkeys(["docx", *PARTS], _read_document) | {
    **dict.fromkeys(["xlsx", "xls"], _read_workbook),
    "zip": _read_names,
}
